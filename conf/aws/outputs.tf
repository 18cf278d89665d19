locals {
  # Services of one machine talk over loopback; on machines of their own, over the private addresses.
  address_of = {
    for service in local.services :
    service => var.hosts == 1 ? "127.0.0.1" : aws_instance.host[local.host_of[service]].private_ip
  }
  listen = var.hosts == 1 ? "127.0.0.1" : "0.0.0.0"

  prefix  = var.engine == "raft" ? "raft-" : ""
  catalog = jsondecode(file("${path.module}/../catalog.json"))
  front   = jsondecode(file("${path.module}/../front-end.json"))
  orders  = { for id in [1, 2, 3] : id => jsondecode(file("${path.module}/../${local.prefix}order-${id}.json")) }

  port_of     = merge({ catalog = local.catalog.port }, { for id, order in local.orders : "order-${id}" => order.port })
  internal_at = { for service, port in local.port_of : service => "${local.address_of[service]}:${port}" }

  # The configuration files of this checkout, with the addresses and folders of these machines.
  configuration = merge(
    {
      catalog = merge(local.catalog, {
        host      = local.listen
        data      = "/var/lib/toystore/catalog"
        tokenFile = "/etc/toystore/token"
        stock     = var.stock
      })
      front-end = merge(local.front, {
        host           = "0.0.0.0"
        internalHost   = local.listen
        advertisedHost = local.address_of["front-end"]
        tokenFile      = "/etc/toystore/token"
        engine         = var.engine
        catalog        = local.internal_at["catalog"]
        replicas       = [for id in [1, 2, 3] : { id = id, address = local.internal_at["order-${id}"] }]
        cache          = merge(local.front.cache, { enabled = var.cache })
      })
    },
    {
      for id, order in local.orders : "order-${id}" => merge(order, {
        host      = local.listen
        data      = "/var/lib/toystore/order-${id}"
        tokenFile = "/etc/toystore/token"
        catalog   = local.internal_at["catalog"]
        peers     = [for peer in [1, 2, 3] : { id = peer, address = local.internal_at["order-${peer}"] } if tostring(peer) != id]
      })
    }
  )
}

output "url" {
  description = "The shop."
  value       = "http://${aws_instance.host[local.host_of["front-end"]].public_ip}:${local.public_port}/"
}

output "hosts" {
  description = "A line for each machine: its name, its public address and its services."
  value = join("\n", [
    for host, services in local.hosts : "${host} ${aws_instance.host[host].public_ip} ${join(",", services)}"
  ])
}

output "configuration" {
  description = "A line for each service: its name and its configuration file in base64."
  value = join("\n", [
    for service, conf in local.configuration : "${service} ${base64encode(jsonencode(conf))}"
  ])
}
