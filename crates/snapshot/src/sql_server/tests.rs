use super::*;
use crate::event::Reader;
use crate::script::tests::{hold_chunks, hold_cuts, hold_flips, told};

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
    hold_chunks::<TransactSql>(SCRIPT.as_bytes(), "UTF-8");
    hold_chunks::<TransactSql>(&utf16(SCRIPT), "UTF-16");
    hold_cuts::<TransactSql>(SCRIPT.as_bytes(), "UTF-8");
    hold_cuts::<TransactSql>(&utf16(&SCRIPT[..1200]), "UTF-16");
    hold_flips::<TransactSql>(SCRIPT.as_bytes(), "UTF-8");
}

/// One value in a column of a type, as it comes out.
fn value(type_name: &str, literal: &str) -> String {
    let script = format!("CREATE TABLE t (a {type_name});\nINSERT t VALUES ({literal});\n");
    let told = told_of(script.as_bytes());
    told.get(1).unwrap_or_else(|| panic!("{literal}: {told:?}")).clone()
}

#[test]
fn values_are_as_the_server_returns_them() {
    for (type_name, literal, shown) in [
        ("[int]", "-1", "-1"),
        ("int", "0x0000000A", "10"),
        ("[tinyint]", "N'7'", "7"),
        ("[bit]", "'True'", "1"),
        ("[decimal](10, 2)", "12.3", r#""12.30""#),
        ("[decimal](38, 0)", "12345678901234567890", r#""12345678901234567890""#),
        ("[money]", "$12.5", r#""12.5000""#),
        ("[money]", "CAST(12.3000 AS Money)", r#""12.3000""#),
        ("[float]", "1.5E+2", r#""1.5E+2""#),
        ("[float]", "CAST(1.5 AS float)", r#""1.5""#),
        ("[datetime]", "N''", r#""1900-01-01 00:00:00.000""#),
        ("[datetime]", "CAST(0x0000A2C700000000 AS DateTime)", r#""2014-02-03 00:00:00.000""#),
        ("[smalldatetime]", "CAST(0xA2C70001 AS SmallDateTime)", r#""2014-02-03 00:01:00.000""#),
        ("[date]", "CAST(N'2010-01-31' AS Date)", r#""2010-01-31""#),
        ("[datetime2](3)", "CAST(N'2010-01-31T08:00:00.1230000' AS DateTime2)", r#""2010-01-31 08:00:00.123""#),
        ("[time](0)", "CAST(N'08:00:00' AS Time)", r#""08:00:00""#),
        (
            "[datetimeoffset](7)",
            "CAST(N'2010-01-31T08:00:00.0000000+02:00' AS DateTimeOffset)",
            r#""2010-01-31 08:00:00.0000000 +02:00""#,
        ),
        ("[datetime]", "CONVERT(datetime, '2010-01-31 08:00:00', 120)", r#""2010-01-31 08:00:00.000""#),
        (
            "[uniqueidentifier]",
            "N'{0a1b2c3d-0000-0000-0000-00000000000f}'",
            r#""0A1B2C3D-0000-0000-0000-00000000000F""#,
        ),
        ("[nvarchar](9)", "N'a' + NCHAR(13) + CHAR(10) + N'b'", r#""a\r\nb""#),
        ("[varchar](9)", "'007'", r#""007""#),
        ("[varchar](9)", "7", r#""7""#),
        ("[xml]", "CAST(N'<a/>' AS Xml)", r#""<a/>""#),
        ("[varbinary](max)", "0x", "x"),
        ("[varbinary](9)", "CONVERT(varbinary(9), '0x01ff', 1)", "x01ff"),
        ("[sys].[hierarchyid]", "0x58", "x58"),
        ("[nvarchar](9)", "NULL", "NULL"),
    ] {
        assert_eq!(value(type_name, literal), format!("0 {shown}"), "{literal} as {type_name}");
    }
}

/// Trap, script, and what of it must be told.
#[test]
fn traps() {
    for (trap, script, lines) in [
        (
            "a backslash before a line break continues the line",
            "CREATE TABLE t (a int, b nvarchar(9))\nINSERT t VALUES (1, N'one\\\r\ntwo\\three')\n",
            vec![
                "table -:t a b",
                r#"0 1 "onetwo\\three""#,
                "note 0 odd 1 a backslash before a line break: taken out with the break, as the server does",
            ],
        ),
        (
            "a batch may run several times",
            "CREATE TABLE t (a int)\nGO\nINSERT t VALUES (1)\nGO 5 -- times\n",
            vec![
                "table -:t a",
                "0 1",
                "note 0 warning: GO 5 runs its batch 5 times: its rows are kept once",
                "note 0 not comparable: its rows stand in a batch that is run 5 times; they are kept once",
            ],
        ),
        (
            "brackets in names are doubled; other schemas stay in the name",
            "CREATE TABLE [hr].[a]]b] ([c.d] int)\nINSERT [hr].[a]]b] ([c.d]) VALUES (1)\nINSERT db2.HR.[A]]B] VALUES (2)\n",
            vec!["table -:hr.a]b c.d", "0 1", "0 2"],
        ),
        (
            "a type of the client's own holds what the type behind it holds",
            "CREATE TYPE [dbo].[Moment] FROM [datetime] NULL\nGO\nCREATE TABLE t (a [dbo].[Moment])\nINSERT t VALUES ('20100131')",
            vec!["note - statement CREATE TYPE Moment", "table -:t a", "changed 0 1", r#"0 "2010-01-31 00:00:00.000""#],
        ),
        (
            "what guards a statement is stepped over",
            "IF NOT EXISTS (SELECT * FROM sys.objects WHERE name = N'INSERT t')\nBEGIN\nCREATE TABLE t (a int)\nEND\nGO\n\
             IF 1 = 1 INSERT t VALUES (1) INSERT t VALUES (2)\nPRINT 'INSERT t VALUES (3)'\n",
            vec!["table -:t a", "0 1", "0 2"],
        ),
        (
            "columns left out take their default, the number goes on",
            "CREATE TABLE t (a int IDENTITY(10,5), b int DEFAULT ((7)), c datetime DEFAULT (getdate()))\n\
             INSERT t (b) VALUES (DEFAULT), (1)\n",
            vec![
                "table -:t a b c",
                "0 10 7 NULL",
                "0 15 1 NULL",
                "note 0 not comparable: column `c` is left out and its default is a function",
            ],
        ),
        (
            "what is computed on the server stays as its source",
            "INSERT t (a) VALUES (NEWID()), (geography::STGeomFromText('POINT (1 2)', 4326))",
            vec![
                "table -:t a",
                r#"0 "NEWID()""#,
                r#"0 "geography::STGeomFromText('POINT (1 2)', 4326)""#,
                "note 0 odd 2 function value: kept as its source text",
                "note 0 not comparable: the script does not declare this table: types and keys are unknown",
            ],
        ),
        (
            "a query is not run",
            "CREATE TABLE t (a int)\nINSERT INTO t\nSELECT 1\nGO\nINSERT t VALUES (2)\n",
            vec![
                "table -:t a",
                "note 0 reject 1 line 2 byte 23 \"INSERT INTO t\\nSELECT 1\\n\": expected VALUES with rows: this INSERT is \
                 not run",
                "0 2",
                "note 0 not comparable: is filled by a statement that is not run (INSERT … SELECT)",
            ],
        ),
        ("Windows-1252 shows with its first letter beyond ASCII", "", vec!["table -:t a", r#"0 "Zoë €""#]),
    ] {
        let script = if script.is_empty() {
            b"CREATE TABLE t (a varchar(9))\r\nINSERT t VALUES ('Zo\xeb \x80')\r\n".to_vec()
        } else {
            script.as_bytes().to_vec()
        };
        assert_eq!(told_of(&script), lines, "{trap}");
        hold_chunks::<TransactSql>(&script, trap);
    }
}
