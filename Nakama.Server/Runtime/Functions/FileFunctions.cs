namespace Nakama.Server.Runtime.Functions;

/// <summary>Files in the folder of modules.</summary>
internal sealed class FileFunctions(ModuleFolder folder) : IFunctionModule
{
    public string Name => "Files";

    public void Describe(FunctionGroup functions) =>
        functions.Function("file_read", "The content of a file in the folder of modules.")
            .Text("path", "expects relative path string")
            .Returns("content")
            .Does(async (call, cancellationToken) => ScriptValue.TextOf(await folder.ReadAsync(call.Text(0), cancellationToken)));
}
