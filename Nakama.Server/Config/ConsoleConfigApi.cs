using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Server.Api;
using Nakama.Server.ConsoleApi;

namespace Nakama.Server.Config;

/// <summary>The configuration as operators see it, and the extensions that it turns on.</summary>
internal sealed class ConsoleConfigApi(NakamaOptions options) : IConsoleFeature
{
    public void Map(ApiMap api)
    {
        api.Map<Empty, Nakama.Protocol.Console.Config>("GetConfig", (_, _, _) => new(Describe()));
        api.Map<Empty, Extensions>("RegisteredExtensions", (_, _, _) => new(new Extensions { Satori = options.Satori.ServerKey.Length > 0 }));
    }

    private Nakama.Protocol.Console.Config Describe()
    {
        var config = new Nakama.Protocol.Console.Config { Config_ = ConfigJson.Write(options), ServerVersion = NodeSampler.Version };
        foreach (var warning in ConfigWarnings.For(options))
            config.Warnings.Add(new Nakama.Protocol.Console.Config.Types.Warning { Field = warning.Field, Message = warning.Message });
        return config;
    }
}
