using System.Text.Json;
using Google.Protobuf.Reflection;
using Nakama.Tests.House;

namespace Nakama.Tests.Wire;

/// <summary>The messages and methods that existing clients were built against.</summary>
public sealed class WireContract
{
    private static readonly Dictionary<string, FileDescriptor> Compiled = new()
    {
        ["api"] = Nakama.Protocol.Api.ApiReflection.Descriptor,
        ["realtime"] = Nakama.Protocol.Realtime.RealtimeReflection.Descriptor,
        ["console"] = Nakama.Protocol.Console.ConsoleReflection.Descriptor,
    };

    [Theory]
    [InlineData("api")]
    [InlineData("realtime")]
    [InlineData("console")]
    public void Every_message_enum_and_method_is_the_contract_s(string name)
    {
        var contract = Contract(name);
        var compiled = DescriptorText.Of(Compiled[name]);

        Assert.NotEmpty(contract);
        Assert.Empty(contract.Except(compiled));
    }

    [Fact]
    public void A_field_with_another_number_is_noticed()
    {
        var contract = Contract("api").Select(line => line.Replace("nakama.api.Account.wallet = 2", "nakama.api.Account.wallet = 9", StringComparison.Ordinal));

        Assert.StartsWith("nakama.api.Account.wallet = 9", Assert.Single(contract.Except(DescriptorText.Of(Compiled["api"]))), StringComparison.Ordinal);
    }

    /// <summary>One line for each thing the contract fixes, in the form of <see cref="DescriptorText"/>.</summary>
    private static List<string> Contract(string name)
    {
        using var json = JsonDocument.Parse(SourceTree.Read($"Nakama.Tests/Wire/Contract/nakama.{name}.json"));
        var root = json.RootElement;
        return
        [
            .. from message in root.GetProperty("messages").EnumerateObject()
               from field in message.Value.EnumerateArray()
               select DescriptorText.Field(
                   message.Name, Text(field, "name"), field.GetProperty("number").GetInt32(), Text(field, "label"), Text(field, "type"), Text(field, "oneof"), Text(field, "json")),
            .. from message in root.GetProperty("messages").EnumerateObject() select $"message {message.Name}",
            .. from one in root.GetProperty("enums").EnumerateObject()
               from value in one.Value.EnumerateObject()
               select $"{one.Name}.{value.Name} = {value.Value.GetInt32()}",
            .. from service in root.GetProperty("services").EnumerateObject()
               from method in service.Value.EnumerateArray()
               select DescriptorText.Method(service.Name, Text(method, "method"), Text(method, "request"), Text(method, "response"), Bindings(method)),
        ];
    }

    private static IEnumerable<string> Bindings(JsonElement method) =>
        method.TryGetProperty("http", out var http) && http.ValueKind == JsonValueKind.Array
            ? http.EnumerateArray().Select(rule => DescriptorText.Binding(Text(rule, "verb"), Text(rule, "path"), Text(rule, "body")))
            : [];

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString()! : "";
}
