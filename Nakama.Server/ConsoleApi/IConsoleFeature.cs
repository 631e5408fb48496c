using Nakama.Server.Api;

namespace Nakama.Server.ConsoleApi;

/// <summary>Registers its methods with the console API once, at startup.</summary>
public interface IConsoleFeature
{
    void Map(ApiMap api);
}
