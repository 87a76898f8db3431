// SPDX-License-Identifier: MIT
using System.Text;
using System.Xml.Linq;

namespace AudioMesh.Bindings.Registry;

/// <summary>A member or parameter, as C declares it.</summary>
/// <param name="Type">The name of its type, without qualifiers.</param>
/// <param name="Name">Its own name.</param>
/// <param name="Pointers">How many stars there are.</param>
/// <param name="Length">An array's length, a number or the name of one; null for none.</param>
internal sealed record RegistryDeclaration(string Type, string Name, int Pointers, string? Length)
{
    public static RegistryDeclaration Read(XElement element)
    {
        string name = element.Element("name")!.Value;
        StringBuilder text = new();
        foreach (XNode node in element.Nodes())
        {
            text.Append(node switch
            {
                XText plain => plain.Value,
                XElement { Name.LocalName: "enum" } length => length.Value,
                _ => "",
            });
        }

        string qualifiers = text.ToString();
        if (qualifiers.Contains(':') || qualifiers.Count(c => c == '[') > 1)
        {
            throw new BindingsException($"'{name}': bit fields and arrays of arrays cannot be bound");
        }

        string[] parts = qualifiers.Split('[', ']');
        return new RegistryDeclaration(element.Element("type")!.Value, name, parts[0].Count(c => c == '*'), parts.Length > 1 ? parts[1].Trim() : null);
    }
}
