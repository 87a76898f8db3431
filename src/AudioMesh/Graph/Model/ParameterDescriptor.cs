// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph;

/// <summary>What a node type says of one of its parameters.</summary>
/// <param name="Name">Its name in requests.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Description">For people, one line.</param>
public sealed record ParameterDescriptor(string Name, ParameterKind Kind, string Description)
{
    /// <summary>Value when not given; null makes the parameter required.</summary>
    public ParameterValue? Default { get; init; }

    /// <summary>Smallest number allowed.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>Largest number allowed.</summary>
    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>Unit of a number: <c>Hz</c>, <c>dB</c>, <c>frames</c>, empty for none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Whether people find a logarithmic scale of it better.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>The words of a choice.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Whether it may be set after creation.</summary>
    public bool IsLive { get; init; }

    /// <summary>Whether it goes on by itself, as a position does: then it is no part of a graph that is written down.</summary>
    public bool MovesByItself { get; init; }

    /// <summary>Whether it can only be read.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>What is allowed, for error messages.</summary>
    public string Allowed => Kind switch
    {
        ParameterKind.Flag => "true or false",
        ParameterKind.Text => "text",
        ParameterKind.Choice => string.Join(", ", Choices),
        ParameterKind.Integer => $"whole number {Min:0}..{Max:0}",
        _ => $"number {Min:0.###}..{Max:0.###}",
    };

    /// <summary>Throws InvalidArgument when <paramref name="value"/> is not allowed.</summary>
    public ParameterValue Check(ParameterValue value)
    {
        bool allowed = Kind switch
        {
            ParameterKind.Text => value.Text is not null,
            ParameterKind.Choice => value.Text is not null && Choices.Contains(value.Text),
            ParameterKind.Flag => value.Text is null && value.Number is 0 or 1,
            ParameterKind.Integer => value.Text is null && value.Number >= Min && value.Number <= Max && Math.Floor(value.Number) == value.Number,
            _ => value.Text is null && value.Number >= Min && value.Number <= Max,
        };

        return allowed ? value : throw new AudioMeshException(
            AudioErrorKind.InvalidArgument, $"{Name} {value.Text ?? value.Number.ToString()} is not allowed: {Allowed}.")
        {
            Field = $"args.{Name}",
            Allowed = Allowed,
        };
    }
}
