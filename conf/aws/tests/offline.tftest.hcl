# terraform test: needs no credentials and no network.
mock_provider "aws" {
  mock_data "aws_ssm_parameter" {
    defaults = { value = "ami-0123456789abcdef0" }
  }
  mock_data "aws_vpc" {
    defaults = { id = "vpc-0123456789abcdef0" }
  }
  mock_resource "aws_instance" {
    defaults = {
      public_ip  = "198.51.100.7"
      private_ip = "10.0.0.7"
    }
  }
}

variables {
  public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFake toystore"
  allow_cidr = "203.0.113.7/32"
}

run "the_machine_of_the_assignment" {
  assert {
    condition     = var.region == "us-east-1" && length(aws_instance.host) == 1 && aws_instance.host["store"].instance_type == "m5a.xlarge"
    error_message = "without options it is one m5a.xlarge in us-east-1"
  }
  assert {
    condition = alltrue([
      for rule in aws_security_group.toystore.ingress :
      coalesce(rule.self, false) ? rule.cidr_blocks == null : rule.cidr_blocks == tolist([var.allow_cidr])
    ])
    error_message = "public ports are for allow_cidr only, internal ones for the group only"
  }
  assert {
    condition     = toset([for rule in aws_security_group.toystore.ingress : rule.from_port if !coalesce(rule.self, false)]) == toset([22, 8080])
    error_message = "ssh and the shop are what is public"
  }
  assert {
    condition     = alltrue([for host in aws_instance.host : host.metadata_options[0].http_tokens == "required" && host.root_block_device[0].encrypted])
    error_message = "IMDSv2 and an encrypted disk are required"
  }
  assert {
    condition     = output.url == "http://198.51.100.7:8080/"
    error_message = "the shop's address is the machine's public one"
  }
  assert {
    condition     = local.configuration["order-1"].host == "127.0.0.1" && local.configuration["front-end"].host == "0.0.0.0"
    error_message = "on one machine only the shop listens beyond loopback"
  }
}

run "a_machine_for_each_service" {
  variables {
    hosts  = 5
    engine = "raft"
  }
  assert {
    condition     = toset(keys(aws_instance.host)) == toset(["catalog", "order-1", "order-2", "order-3", "front-end"])
    error_message = "hosts=5 gives each service its machine"
  }
  assert {
    condition     = local.configuration["order-2"].catalog == "10.0.0.7:8190" && length(local.configuration["order-2"].peers) == 2
    error_message = "services reach each other by private addresses"
  }
  assert {
    condition     = local.configuration["front-end"].engine == "raft"
    error_message = "the front-end knows the engine"
  }
}

run "every_service_has_an_internal_port_inside_the_group" {
  command = plan
  assert {
    condition     = alltrue([for port in concat(values(local.port_of), [local.front.internalPort]) : port >= local.internal_ports.lowest && port <= local.internal_ports.highest])
    error_message = "a port of conf/ is outside the security group's internal ports"
  }
  assert {
    condition     = local.public_port < local.internal_ports.lowest || local.public_port > local.internal_ports.highest
    error_message = "the public port must not be among the internal ones"
  }
}

run "the_whole_internet_is_refused" {
  command = plan
  variables { allow_cidr = "0.0.0.0/0" }
  expect_failures = [var.allow_cidr]
}

run "half_of_the_internet_is_refused" {
  command = plan
  variables { allow_cidr = "128.0.0.0/1" }
  expect_failures = [var.allow_cidr]
}

run "no_address_range_is_refused" {
  command = plan
  variables { allow_cidr = "home" }
  expect_failures = [var.allow_cidr]
}

run "a_wrong_region_is_refused" {
  command = plan
  variables { region = "Virginia" }
  expect_failures = [var.region]
}

run "a_private_key_is_refused" {
  command = plan
  variables { public_key = "-----BEGIN OPENSSH PRIVATE KEY-----" }
  expect_failures = [var.public_key]
}

run "a_key_is_needed" {
  command = plan
  variables { public_key = "" }
  expect_failures = [aws_key_pair.toystore]
}

run "three_machines_are_refused" {
  command = plan
  variables { hosts = 3 }
  expect_failures = [var.hosts]
}

run "a_key_pair_that_exists_is_used" {
  command = plan
  variables {
    key_name   = "vockey"
    public_key = ""
  }
  assert {
    condition     = length(aws_key_pair.toystore) == 0 && aws_instance.host["store"].key_name == "vockey"
    error_message = "an existing key pair is used as it is"
  }
}
