namespace Nakama.Enet.Protocol;

/// <summary>A linked list of commands: adding and removing costs a few pointer operations and no memory.</summary>
internal sealed class ReliableList
{
    public ReliableCommand? First { get; private set; }

    private ReliableCommand? Last { get; set; }

    public int Count { get; private set; }

    public void Append(ReliableCommand command)
    {
        command.Previous = Last;
        command.Next = null;
        if (Last is null) First = command;
        else Last.Next = command;
        Last = command;
        Count++;
    }

    public void Remove(ReliableCommand command)
    {
        if (command.Previous is null) First = command.Next;
        else command.Previous.Next = command.Next;
        if (command.Next is null) Last = command.Previous;
        else command.Next.Previous = command.Previous;
        command.Next = command.Previous = null;
        Count--;
    }

    public ReliableCommand? Find(byte channel, ushort sequence)
    {
        for (var command = First; command is not null; command = command.Next)
        {
            if (command.Sequence == sequence && command.Channel == channel) return command;
        }
        return null;
    }

    public void Clear()
    {
        First = Last = null;
        Count = 0;
    }
}
