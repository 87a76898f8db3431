// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph;

/// <summary>A parameter's value: a number (0 or 1 for flags) or a text.</summary>
public readonly record struct ParameterValue(double Number, string? Text = null)
{
    /// <summary>A number as a value.</summary>
    public static implicit operator ParameterValue(double number) => new(number);

    /// <summary>A text as a value.</summary>
    public static implicit operator ParameterValue(string text) => new(0, text);

    /// <summary>A flag as a value.</summary>
    public static implicit operator ParameterValue(bool flag) => new(flag ? 1 : 0);
}
