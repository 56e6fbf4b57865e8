# The daemon's role for Terraform. The policy is read from deploy/iam-policy.json.
terraform {
  required_version = ">= 1.2"
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "trusted_principal_arn" {
  description = "With trust principal: ARN of the role or user that runs the daemon and may assume this role"
  type        = string
  default     = ""
}

variable "external_id" {
  description = "Demanded in AssumeRole where it is not empty; external_id of the target"
  type        = string
  default     = ""
  sensitive   = true
}

data "aws_iam_policy_document" "principal" {
  count = var.trust == "principal" ? 1 : 0
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [var.trusted_principal_arn]
    }
    dynamic "condition" {
      for_each = nonsensitive(var.external_id) == "" ? [] : [var.external_id]
      content {
        test     = "StringEquals"
        variable = "sts:ExternalId"
        values   = [condition.value]
      }
    }
  }
}

resource "aws_iam_role" "exporter" {
  name_prefix        = "gamelift-streams-exporter-"
  description        = "Read-only role for gamelift_streams_exporter"
  assume_role_policy = var.trust == "principal" ? data.aws_iam_policy_document.principal[0].json : local.trust
  lifecycle {
    precondition {
      condition     = var.trust != "principal" || var.trusted_principal_arn != ""
      error_message = "Set trusted_principal_arn, or another trust."
    }
    precondition {
      condition     = var.trust != "irsa" || var.oidc_provider_arn != ""
      error_message = "Set oidc_provider_arn."
    }
  }
}

# What an EC2 instance is given.
resource "aws_iam_instance_profile" "exporter" {
  count       = var.trust == "ec2" ? 1 : 0
  name_prefix = "gamelift-streams-exporter-"
  role        = aws_iam_role.exporter.name
}

resource "aws_iam_role_policy" "exporter" {
  name   = "ReadStreamSessions"
  role   = aws_iam_role.exporter.id
  policy = file("${path.module}/../iam-policy.json")
}

output "role_arn" {
  description = "For role_arn of the target, the task, the service account or the association"
  value       = aws_iam_role.exporter.arn
}

output "instance_profile" {
  description = "For the instance, with trust ec2"
  value       = one(aws_iam_instance_profile.exporter[*].name)
}
