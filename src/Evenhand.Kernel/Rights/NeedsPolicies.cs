using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Evenhand.Kernel.Rights;

/// <summary>Makes a policy of every `needs:permission` and denies whatever names none.</summary>
internal sealed class NeedsPolicies(IOptions<AuthorizationOptions> options) : DefaultAuthorizationPolicyProvider(options)
{
    public override async Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) =>
        policyName.StartsWith(NeedsAttribute.PolicyPrefix, StringComparison.Ordinal)
            ? new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new NeedsRequirement(policyName[NeedsAttribute.PolicyPrefix.Length..])).Build()
            : await base.GetPolicyAsync(policyName);
}

internal sealed record NeedsRequirement(string Permission) : IAuthorizationRequirement;

internal sealed class NeedsAuthorization(CurrentAccess current) : AuthorizationHandler<NeedsRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, NeedsRequirement requirement)
    {
        if (current.Access.May(requirement.Permission)) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
