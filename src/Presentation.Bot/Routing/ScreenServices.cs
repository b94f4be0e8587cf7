using System.Reflection;

namespace MarketBot.Presentation.Bot.Routing;

/// <summary>Registers what a scan finds of the features: their screens, and what the router asks features for.</summary>
internal static class ScreenServices
{
    private static readonly Type[] Ports = [typeof(IHomeScreen), typeof(ISecretShape), typeof(IRefusalView)];

    /// <summary>Adds the router with everything it leads to.</summary>
    public static IServiceCollection AddScreens(this IServiceCollection services, Assembly features)
    {
        foreach (var screen in RouteTable.ScreensOf(features))
            services.AddTransient(screen);
        var provided = from type in features.GetTypes() where type.IsClass from port in Ports where type.IsAssignableTo(port) select (port, type);
        foreach (var (port, provider) in provided)
            services.AddTransient(port, provider);

        services.AddSingleton(RouteTable.Scan(features));
        services.AddTransient<Router>();
        return services;
    }
}
