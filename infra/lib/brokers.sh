# shellcheck shell=bash
# Private RabbitMQ and Redis on recorded free ports of the loopback interface, from Debian's packages.

RABBITMQ_BIN=/usr/lib/rabbitmq/bin/rabbitmq-server
RABBITMQ_HOST_NAME=marketplace

# start_rabbitmq FOLDER: expects FOLDER/definitions.json (virtual host, users, permissions); sets RABBITMQ_PORT.
start_rabbitmq() {
  local folder=$1 epmd_port dist_port
  mkdir -p "$folder/mnesia" "$folder/log" "$folder/home"
  RABBITMQ_PORT="$(recorded_port "$folder/port")"
  epmd_port="$(recorded_port "$folder/epmd-port")"
  dist_port="$(recorded_port "$folder/distribution-port")"
  write_rabbitmq_settings "$folder"
  recorded_secret "$folder/home/.erlang.cookie" >/dev/null
  chmod 400 "$folder/home/.erlang.cookie"

  local environment=(
    HOME="$folder/home" ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT="$epmd_port"
    RABBITMQ_NODENAME="$RABBITMQ_HOST_NAME@localhost" RABBITMQ_DIST_PORT="$dist_port"
    RABBITMQ_MNESIA_BASE="$folder/mnesia" RABBITMQ_LOG_BASE="$folder/log" RABBITMQ_LOGS="$folder/log/rabbitmq.log"
    RABBITMQ_CONFIG_FILE="$folder/rabbitmq.conf" RABBITMQ_CONF_ENV_FILE="$folder/env.conf"
    RABBITMQ_ENABLED_PLUGINS_FILE="$folder/enabled_plugins" RABBITMQ_PID_FILE="$folder/pid"
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}"
  )
  start_process epmd "$folder/log/epmd.log" env "${environment[@]}" epmd -address 127.0.0.1 -port "$epmd_port"
  start_process RabbitMQ "$folder/log/start.log" env "${environment[@]}" "$RABBITMQ_BIN"
}

write_rabbitmq_settings() {
  local folder=$1
  cat >"$folder/rabbitmq.conf" <<SETTINGS
listeners.tcp.default = 127.0.0.1:$RABBITMQ_PORT
load_definitions = $folder/definitions.json
disk_free_limit.absolute = 200MB
vm_memory_high_watermark.absolute = 512MB
log.file.level = warning
log.file.rotation.size = 10485760
log.file.rotation.count = 3
SETTINGS
  : >"$folder/env.conf"
  printf '[].\n' >"$folder/enabled_plugins"
}

# The broker answers on its port before its definitions are loaded; the log line is the last thing it says.
wait_for_rabbitmq() { wait_until 90 RabbitMQ grep -q 'completed with' "$1/log/start.log"; }

# start_redis FOLDER: nothing is kept on disk, because live state may be lost; sets REDIS.
start_redis() {
  local folder=$1 port password
  mkdir -p "$folder"
  port="$(recorded_port "$folder/port")"
  password="$(recorded_secret "$folder/password")"
  (
    umask 077
    cat >"$folder/redis.conf" <<SETTINGS
bind 127.0.0.1
port $port
requirepass $password
dir $folder
pidfile $folder/pid
save ""
appendonly no
maxmemory 128mb
maxmemory-policy allkeys-lru
SETTINGS
  )
  # Read by the script that sources this file.
  # shellcheck disable=SC2034
  REDIS="127.0.0.1:$port,password=$password"
  start_process Redis "$folder/redis.log" redis-server "$folder/redis.conf"
  wait_until 20 Redis port_answers "$port"
}
