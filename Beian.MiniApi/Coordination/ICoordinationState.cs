namespace Beian.MiniApi.Coordination;

/// <summary>Whether what the instances share can be reached.</summary>
public interface ICoordinationState
{
    /// <summary>True while each instance goes by what it knows itself.</summary>
    bool IsAway { get; }

    /// <summary>True where there is but one instance.</summary>
    bool IsAlone { get; }
}

/// <summary>A single process has nobody to reach.</summary>
public sealed class Alone : ICoordinationState
{
    public bool IsAway => false;

    public bool IsAlone => true;
}
