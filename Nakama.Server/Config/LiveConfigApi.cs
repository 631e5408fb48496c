using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Live;
using Nakama.Server.ConsoleApi.Live;

namespace Nakama.Server.Config;

/// <summary>Where the settings of this node came from; their values are in the configuration.</summary>
internal sealed class LiveConfigApi(NakamaOptions options, ConfigSources sources) : ILiveFeature
{
    public void Map(LiveMap live) => live.OnThis<Empty, SettingSourceList>("ListSettingSources", (_, _) => new(List()));

    private SettingSourceList List()
    {
        var list = new SettingSourceList();
        foreach (var flag in FlagTable.ByName.Values.Where(static flag => !flag.IsIgnored).OrderBy(static flag => flag.Name, StringComparer.Ordinal))
        {
            var source = sources.Of(flag, options);
            list.Settings.Add(new SettingSource { Name = flag.Name, Kind = NameOf(source.Kind), Place = source.Place });
        }

        return list;
    }

    private static string NameOf(ConfigSourceKind kind) => kind switch
    {
        ConfigSourceKind.File => "file",
        ConfigSourceKind.Environment => "environment",
        ConfigSourceKind.CommandLine => "command line",
        ConfigSourceKind.Program => "program",
        _ => "default",
    };
}
