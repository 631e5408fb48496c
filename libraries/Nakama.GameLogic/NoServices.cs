namespace Nakama.GameLogic;

/// <summary>The services of a context that a test has made.</summary>
internal sealed class NoServices : IServiceProvider
{
    public static readonly NoServices Instance = new();

    public object? GetService(Type serviceType) => null;
}
