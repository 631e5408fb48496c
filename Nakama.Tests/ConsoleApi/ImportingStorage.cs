using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.ConsoleApi.StorageImport;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.ConsoleApi;

public sealed class ImportingStorage(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string System = "00000000-0000-0000-0000-000000000000";
    private const string Header = "collection,key,user_id,value,permission_read,permission_write\n";

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task Thousands_of_objects_are_imported_at_once_and_the_last_of_equal_ones_wins()
    {
        var collection = Unique.Name("c");
        var objects = Enumerable.Range(0, 3000).Select(i => Json(collection, $"k{i % 2000}", $$"""{"i":{{i}}}"""));

        Assert.Equal((HttpStatusCode.OK, ""), await ImportAsync("many.json", $"[{string.Join(",\n", objects)}]"));

        Assert.Equal(2000, await CountAsync(collection));
        Assert.Equal("""{"i": 2999}""", await ValueAsync(collection, "k999"));
        Assert.Equal("""{"i": 1500}""", await ValueAsync(collection, "k1500"));
    }

    [Fact]
    public async Task A_row_that_is_broken_far_down_changes_nothing_and_is_named()
    {
        var collection = Unique.Name("c");
        var rows = string.Concat(Enumerable.Range(0, 1500).Select(i => $"{collection},k{i},{System},{{}},1,1\n"));

        var (status, text) = await ImportAsync("rows.csv", Header + rows + $"{collection},last,nobody,{{}},1,1\n");
        Assert.Equal((HttpStatusCode.BadRequest, "Error importing uploaded file - invalid user ID on row #1501."), (status, text));

        (status, text) = await ImportAsync("rows.csv", Header + rows + $"{collection},last,{System},{{}}\n");
        Assert.Equal((HttpStatusCode.BadRequest, "Error importing uploaded file - failed to parse CSV file on line 1502."), (status, text));

        Assert.Equal(0, await CountAsync(collection));
    }

    [Fact]
    public async Task Broken_JSON_changes_nothing_and_its_line_is_named()
    {
        var collection = Unique.Name("c");
        var objects = Enumerable.Range(0, 900).Select(i => Json(collection, $"k{i}", "{}"));

        var (status, text) = await ImportAsync("broken.json", $"[\n{string.Join(",\n", objects)},\n{{\"collection\": oops}}\n]");

        Assert.Equal((HttpStatusCode.BadRequest, "Error importing uploaded file - imported file contains bad data on line 902."), (status, text));
        Assert.Equal(0, await CountAsync(collection));
    }

    [Fact]
    public async Task Quoted_fields_keep_commas_quotes_and_line_breaks()
    {
        var collection = Unique.Name("c");

        Assert.Equal(
            (HttpStatusCode.OK, ""),
            await ImportAsync("quoted.csv", Header + $"{collection},\"a, \"\"b\"\"\nc\",{System},\"{{\"\"x\"\":\"\"y,z\"\"}}\",2,0"));

        Assert.Equal("""{"x": "y,z"}""", await ValueAsync(collection, "a, \"b\"\nc"));
    }

    [Fact]
    public async Task Large_objects_are_imported_in_parts_of_a_few()
    {
        var collection = Unique.Name("c");
        var text = new string('x', 3 << 20);

        Assert.Equal((HttpStatusCode.OK, ""), await ImportAsync("large.json", $"[{string.Join(',', Enumerable.Range(0, 5).Select(i => Json(collection, $"k{i}", $$"""{"x":"{{text}}"}""")))}]"));

        Assert.Equal(5, await CountAsync(collection));
    }

    [Theory]
    [InlineData("{\"n\":1e131000}", "value must be a JSON object on object #1")]
    [InlineData("{\"a\":\"\\ud800\"}", "imported file contains bad data on object #1")]
    [InlineData("{\"\\ud800\":1}", "imported file contains bad data on object #1")]
    public async Task A_value_that_cannot_be_stored_is_named(string value, string reason)
    {
        var collection = Unique.Name("c");

        var answer = await ImportAsync("values.json", $"[{Json(collection, "good", "{}")},{Json(collection, "bad", value)}]");

        Assert.Equal((HttpStatusCode.BadRequest, $"Error importing uploaded file - {reason}."), answer);
        Assert.Equal(0, await CountAsync(collection));
    }

    [Fact]
    public async Task A_key_or_value_that_is_not_UTF_8_is_named()
    {
        var collection = Unique.Name("c");
        foreach (var file in (string[])[$"[{Json(collection, "bad?", "{}")}]", $"[{Json(collection, "bad", "{\"a\":\"?\"}")}]"])
        {
            var bytes = Encoding.UTF8.GetBytes(file);
            bytes[Array.IndexOf(bytes, (byte)'?')] = 0xff;

            var answer = await ImportAsync("bytes.json", bytes);

            Assert.Equal((HttpStatusCode.BadRequest, "Error importing uploaded file - imported file contains bad data on object #0."), answer);
        }

        Assert.Equal(0, await CountAsync(collection));
    }

    [Fact]
    public async Task A_file_may_be_larger_than_a_message_but_not_than_its_own_bound()
    {
        await using var server = await TestServer.StartAsync(options => options with
        {
            Console = options.Console with { MaxMessageSizeBytes = 1000, ImportMaxBytes = 100_000 },
        });
        var (small, large) = (Unique.Name("c"), Unique.Name("c"));

        Assert.Equal((HttpStatusCode.OK, ""), await ImportAsync(server, "small.json", Encoding.UTF8.GetBytes(FileOf(small, 50_000))));
        foreach (var size in (int[])[100_000, 5_000_000])
        {
            var (status, text) = await ImportAsync(server, "large.json", Encoding.UTF8.GetBytes(FileOf(large, size)));
            Assert.Equal((HttpStatusCode.BadRequest, "Error parsing form data."), (status, text));
        }

        using var admin = ConsoleCaller.Basic(server, "admin", "password");
        Assert.Single((await admin.GetAsync($"/v2/console/storage?collection={small}")).Body.GetProperty("objects").EnumerateArray());
        Assert.Empty((await admin.GetAsync($"/v2/console/storage?collection={large}")).Body.GetProperty("objects").EnumerateArray());

        static string FileOf(string collection, int size) => $"[{Json(collection, "k", $$"""{"x":"{{new string('x', size)}}"}""")}]";
    }

    [Fact]
    public async Task A_temporary_file_that_cannot_be_written_is_not_the_fault_of_the_upload()
    {
        using var upload = new MemoryStream(new byte[10]);
        await Assert.ThrowsAsync<UploadedFileException>(() => UploadedFile.KeepAsync(upload, Path.Combine(Path.GetTempPath(), Unique.Name()), CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task A_temporary_file_has_no_name_while_it_is_in_use()
    {
        var folder = Directory.CreateTempSubdirectory("import").FullName;
        using var upload = new MemoryStream(new byte[100_000]);

        await using (var file = await UploadedFile.KeepAsync(upload, folder, CancellationToken.None))
        {
            Assert.Equal(100_000, file.Length);
            if (!OperatingSystem.IsWindows()) Assert.Empty(Directory.EnumerateFiles(folder));
        }

        Directory.Delete(folder);
    }

    [Fact]
    public async Task An_import_is_in_the_audit_log()
    {
        var collection = Unique.Name("c");

        await ImportAsync(collection + ".json", $"[{Json(collection, "k", "{}")}]");

        using var admin = ConsoleCaller.Basic(Server, "admin", "password");
        var (_, log) = await admin.GetAsync("/v2/console/audit/log?action=IMPORT&limit=100");
        Assert.Contains(log.GetProperty("entries").EnumerateArray(), entry => entry.GetProperty("metadata").GetString()!.Contains(collection, StringComparison.Ordinal));
    }

    private static string Json(string collection, string key, string value) =>
        $$"""{"collection": "{{collection}}", "key": "{{key}}", "user_id": "{{System}}", "value": {{value}}, "permission_read": 1, "permission_write": 1}""";

    private Task<(HttpStatusCode Status, string Text)> ImportAsync(string name, string text) => ImportAsync(name, Encoding.UTF8.GetBytes(text));

    private Task<(HttpStatusCode Status, string Text)> ImportAsync(string name, byte[] file) => ImportAsync(Server, name, file);

    private static async Task<(HttpStatusCode Status, string Text)> ImportAsync(TestServer server, string name, byte[] file)
    {
        using var admin = ConsoleCaller.Basic(server, "admin", "password");
        using var form = new MultipartFormDataContent();
        form.Add(new ByteArrayContent(file), name, name);
        using var response = await admin.Http.PostAsync(new Uri("/v2/console/storage/import", UriKind.Relative), form);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<long> CountAsync(string collection) =>
        (long)(await ScalarAsync("SELECT count(*) FROM storage WHERE collection = $1", collection))!;

    private async Task<string?> ValueAsync(string collection, string key) =>
        (string?)await ScalarAsync("SELECT value::text FROM storage WHERE collection = $1 AND key = $2", collection, key);

    private async Task<object?> ScalarAsync(string sql, params string[] values)
    {
        await using var command = Server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        return await command.ExecuteScalarAsync();
    }
}
