using System.Diagnostics.CodeAnalysis;

namespace Beian.MiniApi.Domain;

/// <summary>Either a value or a refusal, never both and never neither.</summary>
public readonly struct Result<T> : IEquatable<Result<T>>
    where T : class
{
    private readonly T? _value;

    private Result(T? value, DomainError? error) => (_value, Error) = (value, error);

    /// <summary>The refusal, or null when there is a value.</summary>
    public DomainError? Error { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is a refusal instead: ask <see cref="Error"/> first.</exception>
    public T Value => _value ?? throw new InvalidOperationException($"Refused: {Error?.Code}");

    /// <summary>True with the value, or false with the refusal.</summary>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out DomainError? error)
    {
        value = _value;
        error = Error;
        return Error is null;
    }

    public bool Equals(Result<T> other) => EqualityComparer<T?>.Default.Equals(_value, other._value) && Equals(Error, other.Error);

    public override bool Equals(object? obj) => obj is Result<T> other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_value, Error);

    public static bool operator ==(Result<T> left, Result<T> right) => left.Equals(right);

    public static bool operator !=(Result<T> left, Result<T> right) => !left.Equals(right);

#pragma warning disable CA2225 // The named alternates would only repeat the two words Value and Error.
    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(DomainError error) => new(null, error);
#pragma warning restore CA2225
}
