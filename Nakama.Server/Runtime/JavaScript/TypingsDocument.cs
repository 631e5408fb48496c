using System.Globalization;
using System.Text;
using Nakama.Protocol.Api;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>Generates the TypeScript declarations of what modules get, from the descriptions.</summary>
public static class TypingsDocument
{
    private const string Head = """
        // What JavaScript and TypeScript modules find at run time. This file is made from the descriptions in
        // Nakama.Server/Runtime; do not edit it. Copy it into a project, or name it in `types` of tsconfig.json.

        declare namespace nkruntime {
          /** An object of a game, such as metadata or the value of a storage object. */
          type Json = { [name: string]: any };

          /** The call that runs: who caused it, and where. */
          interface Context {
            env: { [name: string]: string };
            executionMode: string;
            node: string;
            version: string;
            headers?: { [name: string]: string[] };
            queryParams?: { [name: string]: string[] };
            userId?: string;
            username?: string;
            vars?: { [name: string]: string };
            userSessionExp?: number;
            sessionId?: string;
            lang?: string;
            clientIp?: string;
            clientPort?: string;
            traceId?: string;
            matchId?: string;
            matchNode?: string;
            matchLabel?: string;
            matchTickRate?: number;
          }

          /** Writes to the server's log; formats are those of `%s`, `%d`, `%v`, `%f`, `%q` and `%t`. */
          interface Logger {
            debug(format: string, ...values: any[]): void;
            info(format: string, ...values: any[]): void;
            warn(format: string, ...values: any[]): void;
            error(format: string, ...values: any[]): void;
            withField(key: string, value: string): Logger;
            withFields(fields: { [key: string]: string }): Logger;
            getFields(): { [key: string]: string };
          }

          /** Thrown, it becomes the error that the caller gets. */
          interface Error {
            message: string;
            code?: Codes;
          }

          const enum Codes {
            CANCELLED = 1,
            UNKNOWN = 2,
            INVALID_ARGUMENT = 3,
            DEADLINE_EXCEEDED = 4,
            NOT_FOUND = 5,
            ALREADY_EXISTS = 6,
            PERMISSION_DENIED = 7,
            RESOURCE_EXHAUSTED = 8,
            FAILED_PRECONDITION = 9,
            ABORTED = 10,
            OUT_OF_RANGE = 11,
            UNIMPLEMENTED = 12,
            INTERNAL = 13,
            UNAVAILABLE = 14,
            DATA_LOSS = 15,
            UNAUTHENTICATED = 16,
          }

          interface Presence {
            userId: string;
            sessionId: string;
            username: string;
            node: string;
            reason?: number;
          }

          interface MatchMessage {
            sender: Presence;
            opCode: number;
            data: ArrayBuffer | null;
            reliable: boolean;
            receiveTimeMs: number;
          }

          interface MatchDispatcher {
            broadcastMessage(opCode: number, data?: ArrayBuffer | string | null, presences?: Presence[] | null, sender?: Presence | null, reliable?: boolean): void;
            broadcastMessageDeferred(opCode: number, data?: ArrayBuffer | string | null, presences?: Presence[] | null, sender?: Presence | null, reliable?: boolean): void;
            matchKick(presences?: Presence[] | null): void;
            matchLabelUpdate(label: string): void;
          }

          interface MatchHandler<S = Json> {
            matchInit(ctx: Context, logger: Logger, nk: Nakama, params: { [name: string]: any }): { state: S; tickRate: number; label?: string };
            matchJoinAttempt(ctx: Context, logger: Logger, nk: Nakama, dispatcher: MatchDispatcher, tick: number, state: S, presence: Presence, metadata: { [name: string]: string }): { state: S; accept: boolean; rejectMessage?: string } | null;
            matchJoin(ctx: Context, logger: Logger, nk: Nakama, dispatcher: MatchDispatcher, tick: number, state: S, presences: Presence[]): { state: S } | null;
            matchLeave(ctx: Context, logger: Logger, nk: Nakama, dispatcher: MatchDispatcher, tick: number, state: S, presences: Presence[]): { state: S } | null;
            matchLoop(ctx: Context, logger: Logger, nk: Nakama, dispatcher: MatchDispatcher, tick: number, state: S, messages: MatchMessage[]): { state: S } | null;
            matchTerminate(ctx: Context, logger: Logger, nk: Nakama, dispatcher: MatchDispatcher, tick: number, state: S, graceSeconds: number): { state: S };
            matchSignal(ctx: Context, logger: Logger, nk: Nakama, dispatcher: MatchDispatcher, tick: number, state: S, data: string): { state: S; data?: string };
          }

        """;

    public static string Write(FunctionCatalog catalog)
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n")).Append(TypingsResults.Shapes.ReplaceLineEndings("\n")).Append('\n');
        foreach (var service in catalog.Services)
        {
            text.Append(CultureInfo.InvariantCulture, $"  /** The functions of {Titled(service)}. */\n  interface {Titled(service)} {{\n");
            Functions(text, catalog, service);
            text.Append("  }\n\n");
        }

        text.Append("  /** The functions of the server. */\n  interface Nakama {\n");
        Functions(text, catalog, service: null);
        foreach (var service in catalog.Services)
            text.Append(CultureInfo.InvariantCulture, $"    get{Titled(service)}(): {Titled(service)};\n");
        text.Append("  }\n\n  /** Registers functions while the module is loaded. */\n  interface Initializer {\n");
        foreach (var callback in CallbackTable.All.Where(static callback => callback.JavaScriptName is not null)) Register(text, callback);
        text.Append("    registerMatch(name: string, handler: MatchHandler<any>): void;\n");
        text.Append("    registerStorageIndex(name: string, collection: string, key: string | null, fields: string[], sortableFields: string[], maxEntries: number, indexOnly?: boolean): void;\n");
        text.Append("    getConfig(): Json;\n  }\n\n  type InitModule = (ctx: Context, logger: Logger, nk: Nakama, initializer: Initializer) => void;\n}\n");
        return text.ToString();
    }

    private static void Functions(StringBuilder text, FunctionCatalog catalog, string? service)
    {
        var functions = catalog.Functions.Where(function => function.JavaScriptName is not null && function.Service == service);
        foreach (var function in functions.OrderBy(static function => function.JavaScriptName, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"    /** {function.Summary.Replace("*/", "", StringComparison.Ordinal)} */\n    {function.JavaScriptName}({Parameters(function)}): {TypingsResults.Of(function)};\n");
    }

    private static string Titled(string service) => char.ToUpperInvariant(service[0]) + service[1..];

    private static void Register(StringBuilder text, CallbackDescription callback)
    {
        var parameters = callback.Arguments.Select(static argument => $"{JavaScriptConversion.Spelled(Safe(argument.Name))}: {TypeOf(argument)}").ToList();
        string[] own = ["ctx: Context", "logger: Logger", "nk: Nakama", .. parameters];
        var result = callback.Results.Count == 0 ? "void" : TypeOf(callback.Results[0]) + (callback.Results[0].IsOptional ? " | undefined | void" : "");
        var function = $"fn: ({string.Join(", ", own)}) => {result}";
        var names = callback.JavaScriptName!.EndsWith("<Method>", StringComparison.Ordinal)
            ? ApiReflection.Descriptor.Services[0].Methods.Select(static method => method.Name).Where(static name => name is not ("Healthcheck" or "RpcFunc"))
                .Select(method => callback.JavaScriptName.Replace("<Method>", method, StringComparison.Ordinal))
            : [callback.JavaScriptName];
        text.Append(CultureInfo.InvariantCulture, $"    /** {callback.Summary} */\n");
        foreach (var name in names)
        {
            var isNamed = !name.StartsWith("registerBefore", StringComparison.Ordinal) && !name.StartsWith("registerAfter", StringComparison.Ordinal)
                && callback.Names is CallbackNames.AnyCase or CallbackNames.Exact && !callback.JavaScriptName.EndsWith("<Method>", StringComparison.Ordinal);
            var (before, after) = callback.Kind switch
            {
                CallbackKind.Http or CallbackKind.ConsoleHttp => ("path: string, ", ", methods?: string[]"),
                CallbackKind.Job => ("name: string, schedule: string, ", ""),
                _ => (isNamed ? "name: string, " : "", ""),
            };
            text.Append(CultureInfo.InvariantCulture, $"    {name}({before}{function}{after}): void;\n");
        }
    }

    private static string Parameters(FunctionDescription function)
    {
        var order = function.JavaScriptOrder ?? [.. Enumerable.Range(0, function.Parameters.Count)];
        var lastRequired = -1;
        for (var i = 0; i < order.Count; i++)
        {
            if (!IsOptional(function.Parameters[order[i]])) lastRequired = i;
        }

        return string.Join(", ", order.Select((index, position) =>
        {
            var parameter = function.Parameters[index];
            var type = parameter.WhenNoArray is null ? TypeOf(parameter.Kind) : "any[]";
            // TypeScript allows optional parameters at the end only.
            return $"{JavaScriptConversion.Spelled(Safe(parameter.Name))}{(IsOptional(parameter) && position > lastRequired ? "?" : "")}: {type}{(IsOptional(parameter) ? parameter.Absence == AbsenceInJavaScript.Undefined ? " | undefined" : " | null" : "")}";
        }));
    }

    private static bool IsOptional(ParameterDescription parameter) =>
        parameter.Absence != AbsenceInJavaScript.Never && (parameter.IsOptional || parameter.JavaScriptDefault is not null);

    private static string Safe(string name) => name is "default" or "function" or "in" or "delete" or "new" ? name + "_value" : name;

    private static string TypeOf(ParameterKind kind) => kind switch
    {
        ParameterKind.Text or ParameterKind.Id => "string",
        ParameterKind.Bytes => "string | ArrayBuffer",
        ParameterKind.Buffer => "ArrayBuffer",
        ParameterKind.Flag => "boolean",
        ParameterKind.Number or ParameterKind.Whole => "number",
        ParameterKind.Table => "Json | any[]",
        ParameterKind.Function => "(...values: any[]) => any",
        _ => "any",
    };

    private static string TypeOf(CallbackParameter parameter) => (parameter.Type switch
    {
        CallbackType.Text => "string",
        CallbackType.Flag => "boolean",
        CallbackType.Whole => "number",
        CallbackType.List => "any[]",
        CallbackType.Nothing => "void",
        _ => "any",
    }) + (parameter.IsOptional ? " | null" : "");
}
