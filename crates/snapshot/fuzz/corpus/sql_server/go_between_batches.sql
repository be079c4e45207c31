USE [clinic]
GO
SET ANSI_NULLS ON
GO
CREATE TABLE [dbo].[visit](
	[id] [int] NOT NULL,
	[no]]te] [nvarchar](max) NULL
) ON [PRIMARY]
GO
INSERT [dbo].[visit] ([id], [no]]te]) VALUES (1, N'it''s
GO
here')
INSERT [dbo].[visit] ([id], [no]]te]) VALUES (2, NULL)
GO
