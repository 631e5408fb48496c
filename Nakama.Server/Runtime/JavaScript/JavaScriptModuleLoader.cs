using System.Globalization;
using Acornima;
using Acornima.Ast;
using Jint;
using Jint.Runtime;
using Nakama.Server.Errors;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>Finds and parses the JavaScript bundle.</summary>
internal static class JavaScriptModuleLoader
{
    private const string DefaultFile = "index.js";
    private const int MaxBytes = 64 * 1024 * 1024;

    private static readonly ScriptPreparationOptions Preparation = new() { ParsingOptions = new ScriptParsingOptions { RetainFunctionSourceText = true } };

    /// <summary>Null when there is no bundle.</summary>
    /// <exception cref="StartupException">The bundle cannot be read or parsed; the message says where and why.</exception>
    public static JavaScriptModule? Load(RuntimeOptions options, ILogger log)
    {
        var file = Path.GetFullPath(Path.Combine(options.Path, options.JsEntrypoint.Length > 0 ? options.JsEntrypoint : DefaultFile));
        if (!File.Exists(file)) return options.JsEntrypoint.Length > 0 ? throw new StartupException($"The JavaScript entrypoint {file} does not exist.") : null;
        if (new FileInfo(file).Length > MaxBytes) throw new StartupException($"The JavaScript module {file} is larger than {MaxBytes >> 20} MB.");
        var source = File.ReadAllText(file);
        var name = Path.GetFileName(file);
        var initName = "InitModule";
        if (!TryParse(source, name, out var script, out var error))
        {
            if (EcmaModules.ToScript(source, name) is not { } converted) throw new StartupException($"The JavaScript module {file} cannot be parsed: {error}");
            (source, initName) = converted;
            if (!TryParse(source, name, out script, out error)) throw new StartupException($"The JavaScript module {file} cannot be parsed: {error}");
        }

        return new JavaScriptModule(file, name, script, initName)
        {
            LexicalNames = Registrations.LexicalNamesOf(script.Program!),
            MemberNames = Registrations.MemberNamesOf(script.Program!, initName),
            Map = SourceMapFile.Find(source, file, log),
        };
    }

    private static bool TryParse(string source, string name, out Prepared<Script> script, out string error)
    {
        try
        {
            script = Engine.PrepareScript(source, name, strict: true, Preparation);
            error = "";
            return true;
        }
        catch (Exception e) when (e is ParseErrorException or JavaScriptException or ScriptPreparationException)
        {
            script = default;
            error = (e as ParseErrorException ?? e.InnerException as ParseErrorException) is { } parse
                ? string.Create(CultureInfo.InvariantCulture, $"{name}:{parse.LineNumber}:{parse.Column + 1}: {parse.Description}")
                : e.Message;
            return false;
        }
    }
}
