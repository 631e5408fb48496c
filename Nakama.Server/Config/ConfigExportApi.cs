using System.Globalization;
using Google.Protobuf.Collections;
using Nakama.Protocol.Live;
using Nakama.Server.Api;
using Nakama.Server.ConsoleApi;
using Nakama.Server.Errors;

namespace Nakama.Server.Config;

/// <summary>The settings of this node as a file, for operators.</summary>
internal sealed class ConfigExportApi(NakamaOptions options, ConfigSources sources, TimeProvider time) : IConsoleFeature
{
    private const string Yaml = "yaml";
    private const string Json = "json";

    private static ApiException Format => new(StatusCode.InvalidArgument, "Format must be yaml or json.");

    public void Map(ApiMap api) => api.Map<ExportConfigRequest, ConfigExport>("ExportConfig", (call, request, _) => new(Export(call, request)));

    private ConfigExport Export(ApiCall call, ExportConfigRequest request)
    {
        var isJson = request.Format switch { "" or Yaml => false, Json => true, _ => throw Format };
        if (request.WithSecrets && !((ConsoleOperator)call.Operator!).Acl.IsAdmin) throw ConsoleErrors.NotPermitted;
        var answer = new ConfigExport();
        var settings = ConfigFileWriter.Collect(options, sources, request.WithDefaults, request.WithSecrets, answer.Withheld);
        answer.Content = isJson ? ConfigFileWriter.ToJson(settings) : ConfigFileWriter.ToYaml(settings, Comments(answer.Withheld));
        return answer;
    }

    private IEnumerable<string> Comments(RepeatedField<string> withheld)
    {
        var now = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        yield return $"Settings of a node, version {NodeSampler.Version}, at {now}. Start one with them: --config and the path of this file.";
        if (withheld.Count == 0) yield break;
        yield return "Secrets are not in this file; give them in another one, in the environment or on the command line:";
        foreach (var name in withheld) yield return $"  {name}";
    }
}
