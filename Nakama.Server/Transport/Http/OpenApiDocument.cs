using System.Text.Json;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Json;
using Nakama.Server.Api;

namespace Nakama.Server.Transport.Http;

/// <summary>Describes a service as OpenAPI 3, generated from its contract alone.</summary>
internal static class OpenApiDocument
{
    public static byte[] Write(ApiMap map)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true, NewLine = "\n", Encoder = JsonTextEncoder.Minimal }))
        {
            json.WriteStartObject();
            json.WriteString("openapi", "3.0.3");
            json.WriteStartObject("info");
            json.WriteString("title", map.Services[0].FullName);
            json.WriteString("version", "2.0");
            json.WriteEndObject();
            WritePaths(json, map);
            json.WriteStartObject("components");
            OpenApiSchemas.Write(json, map.Methods.Select(m => m.Descriptor));
            WriteSecurity(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return [.. stream.ToArray(), (byte)'\n'];
    }

    private static void WritePaths(Utf8JsonWriter json, ApiMap map)
    {
        json.WriteStartObject("paths");
        var paths = map.Methods.SelectMany(HttpBinding.Of).GroupBy(b => "/" + string.Join('/', b.Segments)).OrderBy(p => p.Key, StringComparer.Ordinal);
        foreach (var path in paths)
        {
            json.WriteStartObject(path.Key);
            foreach (var binding in path.OrderBy(b => b.Verb, StringComparer.Ordinal)) WriteOperation(json, binding);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteOperation(Utf8JsonWriter json, HttpBinding binding)
    {
        var method = binding.Method;
        var first = HttpBinding.Of(method).First();
        json.WriteStartObject(binding.Verb.ToLowerInvariant());
        json.WriteString("operationId", binding.Verb == first.Verb && binding.Segments.SequenceEqual(first.Segments) ? method.Name : $"{method.Name}_{binding.Verb}_{binding.Segments.Length}");
        WriteParameters(json, binding);
        if (binding.HasBody)
        {
            json.WriteStartObject("requestBody");
            WriteContent(json, binding.Method.Name == "RpcFunc" ? null : binding.BodyType);
            json.WriteEndObject();
        }

        json.WriteStartObject("responses");
        json.WriteStartObject("200");
        json.WriteString("description", "The answer.");
        WriteContent(json, method.Descriptor.OutputType);
        json.WriteEndObject();
        json.WriteStartObject("default");
        json.WriteString("description", "A refusal: its gRPC code and a sentence.");
        json.WriteEndObject();
        json.WriteEndObject();
        WriteCredential(json, method.Credential);
        json.WriteEndObject();
    }

    private static void WriteParameters(Utf8JsonWriter json, HttpBinding binding)
    {
        json.WriteStartArray("parameters");
        foreach (var field in binding.PathFields) WriteParameter(json, field, "path");
        if (binding.BindsQuery)
        {
            foreach (var field in binding.QueryFields.Where(f => !f.IsMap && OpenApiSchemas.IsBare(f))) WriteParameter(json, field, "query");
        }

        json.WriteEndArray();
    }

    private static void WriteParameter(Utf8JsonWriter json, FieldDescriptor field, string place)
    {
        json.WriteStartObject();
        json.WriteString("name", field.Name);
        json.WriteString("in", place);
        json.WriteBoolean("required", place == "path");
        json.WriteStartObject("schema");
        OpenApiSchemas.WriteType(json, field);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, MessageDescriptor? type)
    {
        json.WriteStartObject("content");
        json.WriteStartObject("application/json");
        json.WriteStartObject("schema");
        if (type is null) json.WriteString("type", "string");
        else if (type == Empty.Descriptor) json.WriteString("type", "object");
        else json.WriteString("$ref", OpenApiSchemas.Reference(type));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteCredential(Utf8JsonWriter json, ApiCredential credential)
    {
        json.WriteStartArray("security");
        string[] schemes = credential switch
        {
            ApiCredential.ServerKey => ["serverKey"],
            ApiCredential.Bearer => ["sessionToken"],
            ApiCredential.Rpc => ["sessionToken", "httpKey"],
            _ => [],
        };
        foreach (var scheme in schemes)
        {
            json.WriteStartObject();
            json.WriteStartArray(scheme);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSecurity(Utf8JsonWriter json)
    {
        json.WriteStartObject("securitySchemes");
        foreach (var (name, scheme) in new[] { ("serverKey", "basic"), ("sessionToken", "bearer") })
        {
            json.WriteStartObject(name);
            json.WriteString("type", "http");
            json.WriteString("scheme", scheme);
            json.WriteEndObject();
        }

        json.WriteStartObject("httpKey");
        json.WriteString("type", "apiKey");
        json.WriteString("in", "query");
        json.WriteString("name", "http_key");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
