use super::*;
use crate::script::tests::{Opens, hold_chunks, hold_cuts, hold_flips, told};

struct Opened;

impl Opens for Opened {
    fn reader<'a, R: Read + 'a>(inner: R, chunk: Option<usize>) -> Box<dyn Reader + 'a> {
        let mut script = Script::new(inner, TransactSql::default());
        if let Some(chunk) = chunk {
            script.tape.set_chunk(chunk);
        }
        Box::new(script)
    }
}

/// A script with what Management Studio writes, small enough to be cut at every byte.
const SCRIPT: &str = r#"USE [Clinic]
GO
/****** Object:  Table [dbo].[Visit]    Script Date: 1/2/2020 3:04:05 PM ******/
SET ANSI_NULLS ON
GO
SET QUOTED_IDENTIFIER ON
GO
CREATE TABLE [dbo].[Visit](
	[Id] [int] IDENTITY(1,1) NOT NULL,
	[Seen] [datetime] NULL,
	[Fee] [decimal](10, 2) NULL,
	[Note] [nvarchar](max) NULL,
	[Pic] [varbinary](max) NULL,
	[Twice]  AS ([Id]*(2)) PERSISTED,
 CONSTRAINT [PK_Visit] PRIMARY KEY CLUSTERED
(
	[Id] ASC
)WITH (PAD_INDEX = OFF, STATISTICS_NORECOMPUTE = OFF) ON [PRIMARY]
) ON [PRIMARY] TEXTIMAGE_ON [PRIMARY]
GO
SET IDENTITY_INSERT [dbo].[Visit] ON

INSERT [dbo].[Visit] ([Id], [Seen], [Fee], [Note], [Pic]) VALUES (1, CAST(N'2010-01-01T08:30:00.000' AS DateTime), CAST(12.30 AS Decimal(10, 2)), N'it''s
GO
"fine" \ -- no comment', 0x01FF)
INSERT [dbo].[Visit] ([Id], [Seen], [Fee], [Note], [Pic]) VALUES (2, CAST(0x0000A2C700000000 AS DateTime), NULL, N'王' + N'é', NULL)
GO
INSERT [dbo].[Visit] ([Id], [Seen], [Fee], [Note], [Pic]) VALUES (3, NULL, N'too few')
INSERT INTO [dbo].[Visit] ([Note]) VALUES (N'counted'), (N'again');
SET IDENTITY_INSERT [dbo].[Visit] OFF
GO
/* outer /* inner */ INSERT [dbo].[Visit] ([Id]) VALUES (99) */
CREATE VIEW [dbo].[Late] AS
SELECT Id FROM Visit
GO
CREATE TRIGGER [dbo].[T] ON [dbo].[Visit] AFTER INSERT AS
INSERT [dbo].[Log] ([a]) VALUES (1);
GO
ALTER TABLE [dbo].[Visit] ADD  CONSTRAINT [DF_Fee]  DEFAULT ((0)) FOR [Fee]
GO
ALTER TABLE [hr].[Staff]  WITH CHECK ADD  CONSTRAINT [FK] FOREIGN KEY([Id])
REFERENCES [dbo].[Visit] ([Id])
ON UPDATE CASCADE
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'what was said' , @level0type=N'SCHEMA',@level0name=N'dbo', @level1type=N'TABLE',@level1name=N'Visit', @level2type=N'COLUMN',@level2name=N'Note'
GO
"#;

fn utf16(text: &str) -> Vec<u8> {
    std::iter::once('\u{feff}')
        .chain(text.chars())
        .flat_map(|c| {
            let mut units = [0; 2];
            c.encode_utf16(&mut units).iter().flat_map(|u| u.to_le_bytes()).collect::<Vec<_>>()
        })
        .collect()
}

fn told_of(script: &[u8]) -> Vec<String> {
    told(&mut SqlServer::new(script))
}

#[test]
fn a_script_of_management_studio_is_told_whole() {
    let byte = SCRIPT.find("(3, NULL").expect("a short row");
    let line = 1 + SCRIPT[..byte].matches('\n').count();
    let reject = format!(
        "note 0 reject 3 line {line} byte {byte} \"(3, NULL, N'too few')\": expected as many values as columns"
    );
    let expected = [
        "table Clinic:Visit Id Seen Fee Note Pic Twice",
        r#"0 1 "2010-01-01 08:30:00.000" "12.30" "it's\nGO\n\"fine\" \\ -- no comment" x01ff NULL"#,
        r#"0 2 "2014-02-03 00:00:00.000" NULL "王é" NULL NULL"#,
        &reject,
        r#"0 3 NULL NULL "counted" NULL NULL"#,
        r#"0 4 NULL NULL "again" NULL NULL"#,
        "note - view Late of 48 bytes",
        "note - statement CREATE TRIGGER T",
        "changed 0 6",
        "changed 0 6",
    ];
    assert_eq!(told_of(SCRIPT.as_bytes()), expected);
}

#[test]
fn utf16_is_told_alike_with_its_own_positions() {
    let script = utf16(SCRIPT);
    let plain: Vec<String> = told_of(SCRIPT.as_bytes()).into_iter().filter(|t| !t.contains("byte")).collect();
    let mut reader = SqlServer::new(&script[..]);
    let wide = told(&mut reader);
    assert_eq!(reader.encoding(), "UTF-16LE");
    assert_eq!(wide.iter().filter(|t| !t.contains("byte")).collect::<Vec<_>>(), plain.iter().collect::<Vec<_>>());
    let at = SCRIPT.find("(3, NULL, N'too few')").map(|n| 2 + SCRIPT[..n].encode_utf16().count() * 2).expect("there");
    assert!(wide.iter().any(|t| t.contains(&format!("byte {at} "))), "{at}: {wide:#?}");
}

#[test]
fn any_window_any_cut_any_flip() {
    hold_chunks::<Opened>(SCRIPT.as_bytes(), "UTF-8");
    hold_chunks::<Opened>(&utf16(SCRIPT), "UTF-16");
    hold_cuts::<Opened>(SCRIPT.as_bytes(), "UTF-8");
    hold_cuts::<Opened>(&utf16(&SCRIPT[..1200]), "UTF-16");
    hold_flips::<Opened>(SCRIPT.as_bytes(), "UTF-8");
}
