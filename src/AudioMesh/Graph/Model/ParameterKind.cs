// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph;

/// <summary>What kind of value a parameter takes.</summary>
public enum ParameterKind
{
    /// <summary>A real number within a range.</summary>
    Number,

    /// <summary>A whole number within a range.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>Text, a path for one.</summary>
    Text,

    /// <summary>One of a list of words.</summary>
    Choice,
}
