/* note */
# and another
create  table t (a int);