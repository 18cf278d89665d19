variable "allow_cidr" {
  type        = string
  description = "Who may reach ssh and the store: an IPv4 address range such as 203.0.113.7/32. It has no default on purpose."
  validation {
    condition     = can(cidrnetmask(var.allow_cidr)) && can(regex("/([89]|[12][0-9]|3[0-2])$", var.allow_cidr))
    error_message = "allow_cidr must be an IPv4 address range of /8 or narrower, such as 203.0.113.7/32. The whole Internet is refused."
  }
}

variable "public_key" {
  type        = string
  description = "One line of an OpenSSH public key file: with it you enter the machines. Not needed with key_name."
  default     = ""
  validation {
    condition     = var.public_key == "" || can(regex("^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)) [A-Za-z0-9+/=]+", var.public_key))
    error_message = "public_key must be a line of an OpenSSH public key file, such as \"ssh-ed25519 AAAA... you\"."
  }
}

variable "key_name" {
  type        = string
  description = "Name of an EC2 key pair that you have already. Then no key pair is made."
  default     = ""
}

variable "region" {
  type        = string
  description = "AWS region."
  default     = "us-east-1"
  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region must be the name of an AWS region, such as us-east-1."
  }
}

variable "instance_type" {
  type        = string
  description = "Type of each instance, x86_64."
  default     = "m5a.xlarge"
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]*\\.[a-z0-9]+$", var.instance_type))
    error_message = "instance_type must be the name of an EC2 instance type, such as m5a.xlarge."
  }
}

variable "hosts" {
  type        = number
  description = "1: all services on one instance. 5: each service on an instance of its own."
  default     = 1
  validation {
    condition     = contains([1, 5], var.hosts)
    error_message = "hosts must be 1 or 5."
  }
}

variable "engine" {
  type        = string
  description = "How the order replicas agree: primary-backup or raft."
  default     = "primary-backup"
  validation {
    condition     = contains(["primary-backup", "raft"], var.engine)
    error_message = "engine must be primary-backup or raft."
  }
}

variable "cache" {
  type        = bool
  description = "Whether the front-end caches products."
  default     = true
}

variable "stock" {
  type        = number
  description = "Units that each toy starts with and is restocked to. Load tests want more than the shop's 100."
  default     = 100
  validation {
    condition     = var.stock >= 1 && var.stock <= 1000000000 && floor(var.stock) == var.stock
    error_message = "stock must be a whole number from 1 to 1,000,000,000."
  }
}

variable "disk_gib" {
  type        = number
  description = "Size of each instance's disk."
  default     = 20
  validation {
    condition     = var.disk_gib >= 8 && var.disk_gib <= 1024
    error_message = "disk_gib must be from 8 to 1024."
  }
}

variable "ami_id" {
  type        = string
  description = "Image of the instances. Default: the newest Amazon Linux 2023."
  default     = ""
  validation {
    condition     = var.ami_id == "" || can(regex("^ami-[0-9a-f]{8,17}$", var.ami_id))
    error_message = "ami_id must be the id of an image, such as ami-0123456789abcdef0."
  }
}

# For tests only: sends every call to a double of AWS on this machine.
variable "aws_endpoint" {
  type        = string
  description = "Address of a double of AWS, for tests. Empty: AWS itself."
  default     = ""
  validation {
    condition     = var.aws_endpoint == "" || can(regex("^http://(127\\.0\\.0\\.1|localhost):[0-9]+$", var.aws_endpoint))
    error_message = "aws_endpoint must be an address of this machine, such as http://127.0.0.1:5000."
  }
}
