namespace Nakama.Server.ConsoleApi.Live;

/// <summary>Registers its methods with the live API of the console once, at startup.</summary>
internal interface ILiveFeature
{
    void Map(LiveMap live);
}
