using Nakama.Server.Api;

namespace Nakama.Server.ConsoleApi;

/// <summary>Hands its methods to the console API once, at start.</summary>
public interface IConsoleFeature
{
    void Map(ApiMap api);
}
