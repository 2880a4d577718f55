# shellcheck shell=bash
# Every service as its own process, on private instances of PostgreSQL, RabbitMQ and Redis.

# Service=project=HTTP port. The names are those of databases, broker users, keys and path prefixes.
SERVICES=(
  identity=Identity=8081
  catalog=Catalog=8082
  ordering=Ordering=8083
  billing=Billing=8084
  proxy=HashrateProxy=8085
)
VIRTUAL_HOST=marketplace

run_distributed() {
  local folder="$DATA/distributed" nodes port
  mkdir -p "$folder/logs"
  need_broker_and_cache
  for port in $(distributed_ports); do
    ! port_answers "$port" || fail "port $port is taken"
  done

  declare -gA DATABASES=() BROKER_PASSWORDS=()
  mapfile -t nodes < <(seq --format="--node=node-%g" "$PROXY_NODES")
  "$(program Provision)" keys "$folder/keys" "${nodes[@]}"
  provision_broker "$folder/rabbitmq"
  start_rabbitmq "$folder/rabbitmq"
  start_redis "$folder/redis"
  provision_databases "$folder"
  wait_for_rabbitmq "$folder/rabbitmq"

  start_hosts "$folder"
  if [[ $MODE == check ]]; then
    # Beside the public doors: what a test needs to take a server away, and to read what the nodes said.
    run_check "${ADDRESSES[@]}" \
      MARKETPLACE_REDIS_FOLDER="$folder/redis" MARKETPLACE_BILLING_DATABASE="${DATABASES[billing]}"
    return
  fi
  start_world "$folder/logs" "$DEMO_FLAG" "${ADDRESSES[@]}"
  print_guide "$(printf '%s ' "${ADDRESSES[@]#*=}")"
  wait_for_the_end
}

# The HTTP port of every process; those of further nodes of the proxy follow the first one's.
distributed_ports() {
  printf '%s\n' "${SERVICES[@]##*=}"
  further_nodes | cut --delimiter=' ' --fields=2
}

# Each further node of the proxy with its HTTP port.
further_nodes() {
  local node port=${SERVICES[-1]##*=}
  for ((node = 2; node <= PROXY_NODES; node++)); do
    printf '%s %s\n' "$node" "$((port + node - 1))"
  done
}

provision_databases() {
  local folder=$1 service connection_string variable missing=0
  for service in "${SERVICES[@]%%=*}"; do
    variable="ConnectionStrings__$service"
    DATABASES[$service]=${!variable:-}
    [[ -n ${DATABASES[$service]} ]] || missing=1
  done
  ((missing)) || return 0

  DISTRIBUTED_FOLDER=$folder
  at_stop stop_distributed_postgres
  local provisioned
  provisioned="$("$(program Provision)" postgres start "$folder")"
  while IFS=$'\t' read -r service connection_string; do
    DATABASES[$service]=${DATABASES[$service]:-$connection_string}
  done <<<"$provisioned"
}

stop_distributed_postgres() { "$(program Provision)" postgres stop "$DISTRIBUTED_FOLDER"; }

provision_broker() {
  local service password provisioned
  provisioned="$("$(program Provision)" rabbitmq "$1" --virtual-host "$VIRTUAL_HOST")"
  while IFS=$'\t' read -r service password; do
    BROKER_PASSWORDS[$service]=$password
  done <<<"$provisioned"
}

start_hosts() {
  local folder=$1 service name project port node
  ADDRESSES=()
  for service in "${SERVICES[@]}"; do
    IFS="=" read -r name project port <<<"$service"
    start_host "$folder" "$name" "$project" "$port"
    ADDRESSES+=("MARKETPLACE_${name^^}_URL=http://127.0.0.1:$port")
  done
  while read -r node port; do
    start_host "$folder" "$name" "$project" "$port" "$node"
  done < <(further_nodes)
  for port in $(distributed_ports); do
    wait_until 90 "what answers on port $port" curl -fsS "http://127.0.0.1:$port/health/ready"
  done
}

# start_host FOLDER NAME PROJECT PORT [NODE]: a host sees its own settings and secrets and nobody else's, because its
# environment starts empty.
start_host() {
  local folder=$1 name=$2 project=$3 port=$4 node=${5:-1} other label=$2${5:+-$5}
  local environment=(
    PATH="$PATH" HOME="$HOME" ${DOTNET_ROOT:+DOTNET_ROOT="$DOTNET_ROOT"}
    Urls="http://127.0.0.1:$port" Keys__Directory="$folder/keys/$name"
    "ConnectionStrings__$name=${DATABASES[$name]}" LiveState__Redis="$REDIS"
    Bus__Transport=RabbitMq Bus__RabbitMq__Host=127.0.0.1 Bus__RabbitMq__Port="$RABBITMQ_PORT"
    Bus__RabbitMq__User="$name" Bus__RabbitMq__Password="${BROKER_PASSWORDS[$name]}"
    Bus__RabbitMq__VirtualHost="$VIRTUAL_HOST"
  )
  for other in "${SERVICES[@]}"; do
    environment+=("Services__${other%%=*}__BaseUrl=http://127.0.0.1:${other##*=}")
  done
  mapfile -t -O "${#environment[@]}" environment < <(demo_settings; quiet_logs)
  case $name in
    identity) mapfile -t -O "${#environment[@]}" environment < <(demo_staff) ;;
    billing) environment+=(Journal__HeadFile="$folder/journal.heads") ;;
    proxy) environment+=(Stratum__Port="$((STRATUM_PORT + node - 1))" Proxy__NodeName="node-$node"
      Proxy__ShareLogDirectory="$folder/share-log") ;;
  esac
  start_process "$label" "$folder/logs/$label.log" env -i "${environment[@]}" "$(program "$project.Host")"
}
