using Rulescope.Text;

namespace Rulescope.Languages.Spl;

/// <summary>A piece of a search's tree. Equality leaves out where it stands.</summary>
public abstract record SplNode
{
    /// <summary>Where it stands in the search, its macros expanded; <c>default</c> for what is put together of others.</summary>
    public SourceSpan Span { get; init; }

    /// <summary>Same case and same parts, wherever they were written.</summary>
    public virtual bool Equals(SplNode? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();
}
