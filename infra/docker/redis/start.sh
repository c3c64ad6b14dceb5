#!/bin/sh
# The password is in the environment only: not in an image, not in the list of processes.
set -eu
umask 077
# The worker counts its fleet, and refuses a Redis that says by INFO that it evicts; nothing else that is dangerous is needed.
cat > /run/redis/users.acl <<ACL
user default off
user tsudoi on >$REDIS_PASSWORD ~* &* +@all -@dangerous +info +client|list
ACL
exec redis-server /etc/redis/redis.conf
