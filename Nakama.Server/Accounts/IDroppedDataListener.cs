namespace Nakama.Server.Accounts;

/// <summary>The data that an operator deleted as a whole.</summary>
public enum DroppedData
{
    /// <summary>All storage objects.</summary>
    Storage = 1,

    /// <summary>All accounts but the system user's, with what belongs to them.</summary>
    Accounts = 2,

    /// <summary>Everything but the settings, operators and audit log.</summary>
    Everything = 3,
}

/// <summary>A feature that keeps rows in memory and must forget them when they were deleted as a whole, on every node.</summary>
public interface IDroppedDataListener
{
    void Drop(DroppedData data);
}
