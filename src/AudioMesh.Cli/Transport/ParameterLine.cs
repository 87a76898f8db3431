// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Reports;
using AudioMesh.Graph;
using AudioMesh.Network.Parameters;

namespace AudioMesh.Cli.Transport;

/// <summary>A shared parameter as a line of JSON.</summary>
internal static class ParameterLine
{
    public static void Write(SharedParameter parameter) => JsonLine.Write(json =>
    {
        json.WriteString("event", "param");
        json.WriteString("ns", parameter.Namespace);
        json.WriteString("name", parameter.Name);
        json.WriteString("kind", TransportTexts.Word(parameter.Descriptor.Kind));
        switch (parameter.Descriptor.Kind)
        {
            case ParameterKind.Text or ParameterKind.Choice:
                json.WriteString("value", parameter.Value.Text);
                break;
            case ParameterKind.Flag:
                json.WriteBoolean("value", parameter.Value.Number != 0);
                break;
            default:
                json.WriteNumber("value", parameter.Value.Number);
                break;
        }

        json.WriteString("unit", parameter.Descriptor.Unit);
        json.WriteString("allowed", parameter.Descriptor.Allowed);
        json.WriteString("set_by", parameter.Stamp.Origin ?? "");
    });
}
