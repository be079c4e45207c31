CREATE TABLE [t]([a] [varbinary](max), [b] [datetime])
GO
INSERT [t] ([a], [b]) VALUES (0xFF0, CAST(N'2019-01-02T03:04:05.000' AS DateTime))
INSERT [t] ([a]) VALUES (0x)
GO
