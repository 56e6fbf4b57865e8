# Who may assume the role. The documents are those of deploy/iam/trust, which role.yml has as well.
variable "trust" {
  description = "principal (another role or user), ec2, ecs, irsa or pod-identity"
  type        = string
  default     = "principal"
  validation {
    condition     = contains(["principal", "ec2", "ecs", "irsa", "pod-identity"], var.trust)
    error_message = "The trust is one of principal, ec2, ecs, irsa, pod-identity."
  }
}

variable "oidc_provider_arn" {
  description = "With trust irsa: ARN of the cluster's OIDC provider in IAM"
  type        = string
  default     = ""
  validation {
    condition     = var.oidc_provider_arn == "" || can(regex("^arn:[^:]+:iam::\\d{12}:oidc-provider/.", var.oidc_provider_arn))
    error_message = "The OIDC provider is named by its ARN, arn:aws:iam::111122223333:oidc-provider/..."
  }
}

variable "service_account" {
  description = "With trust irsa: namespace:name of the one service account that may assume the role"
  type        = string
  default     = "gamelift-streams:gamelift-streams-exporter"
}

locals {
  trust = var.trust == "principal" ? "" : templatefile("${path.module}/trust/${var.trust}.json", {
    OidcProviderArn = var.oidc_provider_arn
    OidcProvider    = replace(var.oidc_provider_arn, "/^.*:oidc-provider\\//", "")
    ServiceAccount  = var.service_account
  })
}
