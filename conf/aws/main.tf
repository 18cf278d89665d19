# One machine for the whole store, or one for each service. bin/aws drives this folder; see docs/deployment.md.

locals {
  test = var.aws_endpoint != ""

  services = ["catalog", "order-1", "order-2", "order-3", "front-end"]
  # Instance -> the services that run on it.
  hosts = (
    var.hosts == 1
    ? { store = local.services }
    : { for service in local.services : service => [service] }
  )
  # Service -> the instance on which it runs.
  host_of = merge([for host, services in local.hosts : { for service in services : service => host }]...)

  public_port = jsondecode(file("${path.module}/../front-end.json")).port
  # What services say to each other, front-end's internal listener included.
  internal_ports = { lowest = 8180, highest = 8209 }
}

provider "aws" {
  region                      = var.region
  access_key                  = local.test ? "test" : null
  secret_key                  = local.test ? "test" : null
  skip_credentials_validation = local.test
  skip_requesting_account_id  = local.test
  skip_metadata_api_check     = local.test
  dynamic "endpoints" {
    for_each = local.test ? [var.aws_endpoint] : []
    content {
      ec2 = endpoints.value
      iam = endpoints.value
      ssm = endpoints.value
      sts = endpoints.value
    }
  }
  default_tags {
    tags = {
      Project   = "toystore"
      ManagedBy = "terraform"
    }
  }
}

data "aws_ssm_parameter" "image" {
  count = var.ami_id == "" ? 1 : 0
  name  = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
}

data "aws_vpc" "default" {
  default = true
}

resource "aws_key_pair" "toystore" {
  count           = var.key_name == "" ? 1 : 0
  key_name_prefix = "toystore-"
  public_key      = var.public_key
  lifecycle {
    precondition {
      condition     = var.public_key != ""
      error_message = "Give public_key (a line of an OpenSSH public key file) or key_name (a key pair that exists)."
    }
  }
}

# A role without rights: a stolen credential of the instance can do nothing.
resource "aws_iam_role" "toystore" {
  name_prefix = "toystore-"
  description = "Toystore's instances: no rights."
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
}

resource "aws_iam_instance_profile" "toystore" {
  name_prefix = "toystore-"
  role        = aws_iam_role.toystore.name
}

# Rules inline: one that somebody adds by hand is removed by the next up.
resource "aws_security_group" "toystore" {
  name_prefix = "toystore-"
  description = "Toystore: ssh and shop from one address range, internal ports inside the group."
  vpc_id      = data.aws_vpc.default.id

  dynamic "ingress" {
    for_each = { ssh = 22, shop = local.public_port }
    content {
      description = ingress.key
      protocol    = "tcp"
      from_port   = ingress.value
      to_port     = ingress.value
      cidr_blocks = [var.allow_cidr]
    }
  }

  ingress {
    description = "services to each other"
    protocol    = "tcp"
    from_port   = local.internal_ports.lowest
    to_port     = local.internal_ports.highest
    self        = true
  }

  # For packages of the operating system.
  egress {
    description = "to anywhere"
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_instance" "host" {
  for_each = local.hosts

  ami                         = var.ami_id != "" ? var.ami_id : nonsensitive(data.aws_ssm_parameter.image[0].value)
  instance_type               = var.instance_type
  key_name                    = var.key_name != "" ? var.key_name : aws_key_pair.toystore[0].key_name
  iam_instance_profile        = aws_iam_instance_profile.toystore.name
  vpc_security_group_ids      = [aws_security_group.toystore.id]
  associate_public_ip_address = true
  user_data                   = file("${path.module}/user-data.yaml")
  user_data_replace_on_change = true

  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  root_block_device {
    volume_type = "gp3"
    volume_size = var.disk_gib
    encrypted   = true
    tags = {
      Name      = "toystore-${each.key}"
      Project   = "toystore"
      ManagedBy = "terraform"
    }
  }

  tags = {
    Name = "toystore-${each.key}"
  }

  lifecycle {
    # A newer image must not replace a machine that has orders on its disk.
    ignore_changes = [ami]
  }
}
