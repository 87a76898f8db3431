// SPDX-License-Identifier: MIT
using System.Globalization;
using AudioMesh.Graph;

namespace AudioMesh.Cli.Transport;

/// <summary>Values of shared parameters in words.</summary>
internal static class ParameterTexts
{
    /// <summary>Throws InvalidArgument where <paramref name="text"/> is none.</summary>
    public static ParameterValue Parse(string space, ParameterDescriptor descriptor, string text) => descriptor.Kind switch
    {
        ParameterKind.Text or ParameterKind.Choice => text,
        ParameterKind.Flag when text.ToLowerInvariant() is "true" or "on" or "1" => true,
        ParameterKind.Flag when text.ToLowerInvariant() is "false" or "off" or "0" => false,
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
        _ => throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{space} {descriptor.Name}: '{text}' is no {descriptor.Kind}.") { Field = "value", Allowed = descriptor.Allowed },
    };

    public static string Of(ParameterKind kind, ParameterValue value) => kind switch
    {
        ParameterKind.Text or ParameterKind.Choice => value.Text ?? "",
        ParameterKind.Flag => value.Number == 0 ? "false" : "true",
        _ => value.Number.ToString("R", CultureInfo.InvariantCulture),
    };
}
