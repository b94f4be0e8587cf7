using AutoMapper;
using FluentValidation;
using MarketBot.Application.Common;
using MarketBot.Application.Shops;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MarketBot.Application;

/// <summary>Registers the application layer.</summary>
public static class ApplicationServices
{
    /// <summary>Adds every use case of this assembly with its pipeline: log, access, validation, commit.</summary>
    public static IServiceCollection AddApplication(this IServiceCollection services, IConfiguration configuration)
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

        foreach (var type in typeof(ApplicationServices).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }))
        {
            foreach (var contract in type.GetInterfaces().Where(i => i.IsGenericType))
            {
                if (contract.GetGenericTypeDefinition() == typeof(IRequestHandler<,>))
                    services.AddTransient(contract, type);
                else if (contract.GetGenericTypeDefinition() == typeof(IValidator<>))
                    services.AddSingleton(contract, type);
            }
        }

        services.AddSingleton<IMapper>(provider => new MapperConfiguration(
            mapping =>
            {
                mapping.LicenseKey = configuration["AutoMapper:LicenseKey"];
                mapping.AddMaps(typeof(ApplicationServices).Assembly);
            },
            provider.GetRequiredService<ILoggerFactory>()).CreateMapper());
        return services;
    }
}
