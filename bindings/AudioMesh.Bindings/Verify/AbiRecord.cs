// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using AudioMesh.Bindings.Model;

namespace AudioMesh.Bindings.Verify;

/// <summary>A record of names, numbers and layouts made elsewhere from headers that cannot be here.</summary>
public sealed class AbiRecord
{
    private readonly AllowList _allowList;
    private readonly JsonElement _record;

    private AbiRecord(AllowList allowList, JsonElement record) => (_allowList, _record) = (allowList, record);

    /// <summary>Reads the record that an allow-list names.</summary>
    public static AbiRecord Load(AllowList allowList, string bindingsDirectory)
    {
        string path = allowList.Abi ?? throw new BindingsException($"{allowList.Name} names no \"abi\" record");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(bindingsDirectory, path)));
        return new AbiRecord(allowList, document.RootElement.Clone());
    }

    /// <summary>Throws where a constant, size, offset, function or variable of the headers is not the recorded one, and names it.</summary>
    public void Check(string bindingsDirectory)
    {
        LibraryModel model = Generator.ReadModel(_allowList, bindingsDirectory);
        foreach (CConstant constant in model.Constants)
        {
            CheckConstant(constant);
        }

        foreach (CStruct item in model.Structs)
        {
            if (Recorded("structs", item.Name) is JsonElement recorded)
            {
                CheckStruct(item, recorded);
            }
        }

        foreach ((string library, IReadOnlyList<string> names) in _allowList.Functions)
        {
            names.ToList().ForEach(name => CheckFunction(library, name));
        }

        foreach (string variable in _allowList.Variables.Values.SelectMany(names => names))
        {
            Recorded("variables", variable);
        }
    }

    internal IEnumerable<string> FunctionAssertions()
    {
        foreach (string name in _allowList.Functions.Values.SelectMany(names => names).Except(_allowList.NotRecorded))
        {
            if (_record.GetProperty("functions").TryGetProperty(name, out JsonElement function))
            {
                IEnumerable<string?> parameters = function.GetProperty("params").EnumerateArray()
                    .Select(parameter => parameter.GetProperty("canonical").GetString())
                    .DefaultIfEmpty("void");
                string type = $"{function.GetProperty("returns").GetString()} (*)({string.Join(", ", parameters)})";
                yield return Assertions.Assert($"__builtin_types_compatible_p(__typeof__(&{name}), {type})", $"type of {name}");
            }
        }
    }

    private void CheckConstant(CConstant constant)
    {
        JsonElement? recorded = Recorded("constants", constant.Name, "string_keys", "darwin");
        string? value = recorded switch
        {
            null => constant.Literal,
            { ValueKind: JsonValueKind.Object } item => item.GetProperty("value").GetInt64().ToString(CultureInfo.InvariantCulture),
            { } item => item.ToString(),
        };
        RequireEqual(constant.Name, constant.Literal, value);
    }

    private void CheckStruct(CStruct item, JsonElement recorded)
    {
        RequireEqual($"size of {item.Name}", item.Size, recorded.GetProperty("size").GetInt64());
        RequireEqual($"alignment of {item.Name}", item.Alignment, recorded.GetProperty("align").GetInt64());
        JsonElement fields = recorded.GetProperty("fields");
        RequireEqual(
            $"fields of {item.Name}",
            string.Join(' ', item.Fields.Select(f => f.Name)),
            string.Join(' ', fields.EnumerateObject().Select(f => f.Name)));
        foreach (CField field in item.Fields)
        {
            JsonElement recordedField = fields.GetProperty(field.Name);
            RequireEqual($"offset of {item.Name}.{field.Name}", field.Offset, recordedField.GetProperty("offset").GetInt64());
            RequireEqual($"size of {item.Name}.{field.Name}", field.Size, recordedField.GetProperty("size").GetInt64());
        }
    }

    private void CheckFunction(string library, string name)
    {
        if (Recorded("functions", name) is JsonElement recorded)
        {
            string exportedBy = recorded.GetProperty("exported_by").GetString()!;
            RequireEqual($"library of {name}", library.ToUpperInvariant(), exportedBy.Split('.')[0].ToUpperInvariant());
        }
    }

    /// <summary>The entry for a name; null when the allow-list says that there is none, which must then be true.</summary>
    private JsonElement? Recorded(string section, string name, params IEnumerable<string> otherSections)
    {
        JsonElement? found = otherSections.Prepend(section).Select(key => Find(key, name)).FirstOrDefault(item => item is not null);
        if ((found is null) != _allowList.NotRecorded.Contains(name))
        {
            string remedy = found is null ? "not in the record: add it to" : "in the record: take it from";
            throw new BindingsException($"{_allowList.Name}: '{name}' is {remedy} \"notRecorded\"");
        }

        return found;
    }

    private JsonElement? Find(string section, string name) =>
        _record.TryGetProperty(section, out JsonElement items) && items.TryGetProperty(name, out JsonElement item) ? item : null;

    private void RequireEqual<T>(string what, T ours, T recorded)
    {
        if (!EqualityComparer<T>.Default.Equals(ours, recorded))
        {
            throw new BindingsException($"{_allowList.Name}: {what} is {ours}, the record says {recorded}");
        }
    }
}
