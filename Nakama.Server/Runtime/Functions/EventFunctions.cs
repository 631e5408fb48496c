using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Server.Runtime.Events;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Events for the functions of modules.</summary>
internal sealed class EventFunctions(EventRegistry registry, EventQueue queue) : IFunctionModule
{
    private const long MaxSeconds = 253402300799;

    public string Name => "Events";

    public void Describe(FunctionGroup functions) =>
        functions.Function("event", "Sends an event to the functions that modules have registered for events; without any it does nothing.")
            .Text("name", new("expects name string", "")).OptionalTable("properties").OptionalWhole("timestamp_sec").OptionalFlag("external", false).NotNull()
            .Does(Send);

    private ScriptValue Send(FunctionCall call)
    {
        var happened = new Event { Name = call.Text(0), External = call.Flag(3) };
        foreach (var (name, value) in call.TextMap(1, "properties keys must be strings", new("properties values must be strings", "expects string")))
            happened.Properties.Add(name, value);
        if (call.Has(2))
        {
            var seconds = call.Whole(2);
            if (seconds is <= 0 or > MaxSeconds) throw call.Refuse(2, "timestamp must be numeric UTC seconds when provided");
            happened.Timestamp = new Timestamp { Seconds = seconds };
        }

        queue.Notice("", happened);
        queue.TryAdd(registry.Custom, call.Context.ForEvent(happened.Name), happened);
        return default;
    }
}
