namespace Aspire.Hosting;

/// <summary>Adds Nakama to an app host.</summary>
public static class NakamaBuilderExtensions
{
    /// <summary>Begins a server; <see cref="NakamaBuilder.WithGameLogic{TProject}"/> names the game that runs in it.</summary>
    /// <param name="builder">The app host.</param>
    /// <param name="name">The name of the server's resource.</param>
    /// <param name="ports">The ports; null for the usual ones.</param>
    /// <example><code>
    /// builder.AddNakama("nakama").WithGameLogic&lt;Projects.MyGame&gt;();
    /// </code></example>
    public static NakamaBuilder AddNakama(this IDistributedApplicationBuilder builder, string name, NakamaPorts? ports = null) =>
        new(builder, name, ports ?? new NakamaPorts());
}
