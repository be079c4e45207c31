//! The whole system, from outside: the program, its journeys, the window; and the rules of structure.

mod corpus;
mod journey_analysis;
mod journey_broken;
mod journey_containers;
mod journey_crash;
mod journey_disk;
mod journey_dumps;
mod journey_exports;
mod journey_facts;
mod journey_faults;
mod journey_load;
mod journey_map;
mod journey_open;
mod journey_portable;
mod journey_postgres;
mod journey_privacy;
mod journey_readme;
mod journey_refusals;
mod journey_rejects;
mod journey_relationships;
mod journey_repeat;
mod journey_snapshots;
mod journey_workbooks;
mod support;
mod tidy;
mod window;
