using Evenhand.Kernel.Facts;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Evenhand.Kernel;

public static class KernelServices
{
    /// <summary>The store, the facts, the rights and the texts, for the modules given.</summary>
    public static IServiceCollection AddKernel(this IServiceCollection services, ModuleList modules, StoreSettings store)
    {
        services.AddSingleton(modules);
        services.AddSingleton(store);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IInterceptor, SqlitePragmas>();
        services.AddDbContext<EvenhandDb>((provider, options) => provider.GetRequiredService<StoreSettings>().Configure(provider, options));
        services.AddSingleton(new Texts([typeof(KernelServices).Assembly, .. modules.All.Select(m => m.GetType().Assembly)]));
        services.AddSingleton<FactPump>();
        services.AddScoped<CurrentAccess>();
        services.AddSingleton<IAuthorizationPolicyProvider, NeedsPolicies>();
        services.AddScoped<IAuthorizationHandler, NeedsAuthorization>();
        return services;
    }
}
