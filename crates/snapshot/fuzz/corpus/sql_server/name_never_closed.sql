CREATE TABLE [t]([a] [int])
GO
INSERT [t ([a]) VALUES (1)
GO
INSERT [t] ([a]) VALUES (2)
GO
