namespace Aspire.Hosting.Running;

/// <summary>The <c>dotnet</c> that runs us, so that it runs the others as well.</summary>
internal static class DotNetHost
{
    public static string Path { get; } =
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } given ? given
        : System.IO.Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath!
        : "dotnet";
}
