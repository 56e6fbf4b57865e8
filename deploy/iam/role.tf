# The daemon's role for Terraform. The policy is read from deploy/iam-policy.json.
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "trusted_principal_arn" {
  description = "ARN of the role or user that runs the daemon and may assume this role"
  type        = string
}

variable "external_id" {
  description = "Demanded in AssumeRole where it is not empty; external_id of the target"
  type        = string
  default     = ""
  sensitive   = true
}

data "aws_iam_policy_document" "trust" {
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
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "exporter" {
  name   = "ReadStreamSessions"
  role   = aws_iam_role.exporter.id
  policy = file("${path.module}/../iam-policy.json")
}

output "role_arn" {
  description = "For role_arn of the target"
  value       = aws_iam_role.exporter.arn
}
