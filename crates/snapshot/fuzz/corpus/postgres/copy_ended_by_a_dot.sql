--
-- PostgreSQL database dump
--
SET client_encoding = 'UTF8';
CREATE TABLE public.visit (
    id integer NOT NULL,
    note text
);
COPY public.visit (id, note) FROM stdin;
1	one\nline
2	\N
3	\\.
\.
--
-- PostgreSQL database dump complete
--
