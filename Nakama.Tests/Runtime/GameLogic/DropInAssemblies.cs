using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Microsoft.Extensions.DependencyInjection;
using Nakama.GameLogic.Functions;
using Nakama.Server.Errors;
using Nakama.Server.Runtime.DotNet;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime.GameLogic;

/// <summary>Game modules in assemblies in the folder of modules.</summary>
public sealed class DropInAssemblies : IDisposable
{
    private static readonly string Sample = Path.Combine(AppContext.BaseDirectory, "drop-in", "TicTacToe.dll");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nakama-modules-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_module_in_an_assembly_registers_its_functions_and_matches()
    {
        var game = _folder.CreateSubdirectory("games");
        File.Copy(Sample, Path.Combine(game.FullName, "TicTacToe.dll"));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "native.dll"), "no assembly");
        await using var server = await StartAsync();
        var nakama = server.Services.GetRequiredService<INakama>();

        var id = await nakama.Matches.CreateAsync("tic_tac_toe", new Dictionary<string, object?>
        {
            ["user_ids"] = new List<object?> { Guid.NewGuid().ToString() },
            ["usernames"] = new List<object?> { "anna" },
        });

        Assert.Contains("tic-tac-toe", (await nakama.Matches.GetAsync(id))!.Label, StringComparison.Ordinal);
        var player = await server.AuthenticateAsync();
        await using var socket = await server.OpenSocketAsync(player);
        var answer = await socket.AskAsync("\"rpc\":{\"id\":\"running_match\",\"payload\":\"{}\"}");
        Assert.Equal("""{"match_id":""}""", answer.GetProperty("rpc").GetProperty("payload").GetString());
    }

    [Theory]
    [InlineData("4.1.0", "build the module with a version from 3.0 to 3.40.")]
    [InlineData("3.41.0", "build the module with a version from 3.0 to 3.40.")]
    [InlineData("2.9.0", "build the module with a version from 3.0 to 3.40.")]
    public async Task A_module_for_another_version_keeps_the_node_from_starting(string version, string remedy)
    {
        WriteAssembly("Other.dll", new Version(version + ".0"));

        var error = await Assert.ThrowsAsync<StartupException>(StartAsync);

        Assert.Equal(
            $"The module {Path.Combine(_folder.FullName, "Other.dll")} was built with Nakama.GameLogic {version}, and this server has 3.40.0: {remedy}",
            error.Message);
    }

    [Fact]
    public void Assemblies_without_a_module_are_dependencies()
    {
        WriteAssembly("Older.dll", new Version(3, 2, 0, 0));
        WriteAssembly("Library.dll", contract: null);

        Assert.Empty(new GameAssemblies(new() { Path = _folder.FullName }).Load());
    }

    private Task<TestServer> StartAsync() =>
        TestServer.StartAsync(options => options with { Runtime = options.Runtime with { Path = _folder.FullName } });

    /// <summary>An assembly without types, which refers to a version of the contract.</summary>
    private void WriteAssembly(string name, Version? contract)
    {
        var metadata = new MetadataBuilder();
        metadata.AddModule(0, metadata.GetOrAddString(name), metadata.GetOrAddGuid(Guid.NewGuid()), default, default);
        metadata.AddAssembly(metadata.GetOrAddString(Path.GetFileNameWithoutExtension(name)), new Version(1, 0, 0, 0), default, default, default, AssemblyHashAlgorithm.None);
        metadata.AddTypeDefinition(
            default, default, metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        if (contract is not null)
            metadata.AddAssemblyReference(metadata.GetOrAddString("Nakama.GameLogic"), contract, default, default, default, default);
        var pe = new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), new BlobBuilder());
        var content = new BlobBuilder();
        pe.Serialize(content);
        File.WriteAllBytes(Path.Combine(_folder.FullName, name), content.ToArray());
    }
}
