using MarketBot.Application.Shops;
using Microsoft.Extensions.DependencyInjection;

namespace MarketBot.Application;

/// <summary>Registers the application layer.</summary>
public static class ApplicationServices
{
    /// <summary>Adds every use case of this assembly with its pipeline: log, access, validation, commit.</summary>
    public static IServiceCollection AddApplication(this IServiceCollection services)
    {
        services.AddTransient<ServiceFactory>(scope => scope.GetRequiredService);
        services.AddTransient<IMediator, Mediator>();
        services.AddScoped<Caller>();
        services.AddScoped<ICaller>(scope => scope.GetRequiredService<Caller>());
        services.AddTransient<CommandTransaction>();
        services.AddScoped<Findings>();
        services.AddTransient<ShopPages>();

        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(LoggingBehavior<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(AccessBehavior<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(CommitBehavior<,>));

        var useCases = typeof(ApplicationServices).Assembly;
        services.AddValidatorsFromAssembly(useCases, ServiceLifetime.Singleton, includeInternalTypes: true);
        foreach (var type in useCases.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }))
        {
            foreach (var contract in type.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)))
                services.AddTransient(contract, type);
        }

        services.AddAutoMapper(useCases);
        return services;
    }
}
