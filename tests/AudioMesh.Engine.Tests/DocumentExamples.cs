// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AudioMesh.Engine.Tests;

/// <summary>
/// The fenced JSON of a document, and whether an answer is what the document shows: "…" stands for any value, as a member's name or
/// among a list's elements for any others; every other member must be there with that value, and no more.
/// </summary>
internal static partial class DocumentExamples
{
    private const string Any = "…";

    public static List<string> In(string document) => [.. Fence().Matches(document).Select(match => match.Groups[1].Value.Trim())];

    public static bool Matches(JsonElement shown, JsonElement actual) => shown.ValueKind switch
    {
        JsonValueKind.String when shown.ValueEquals(Any) => true,
        JsonValueKind.Object => actual.ValueKind == JsonValueKind.Object && MembersMatch(shown, actual),
        JsonValueKind.Array => actual.ValueKind == JsonValueKind.Array && ElementsMatch([.. shown.EnumerateArray()], [.. actual.EnumerateArray()]),
        _ => JsonElement.DeepEquals(shown, actual),
    };

    private static bool MembersMatch(JsonElement shown, JsonElement actual)
    {
        bool isOpen = shown.TryGetProperty(Any, out _);
        return shown.EnumerateObject().Where(member => member.Name != Any)
                .All(member => actual.TryGetProperty(member.Name, out JsonElement value) && Matches(member.Value, value))
            && (isOpen || actual.EnumerateObject().All(member => shown.TryGetProperty(member.Name, out _)));
    }

    private static bool ElementsMatch(ReadOnlySpan<JsonElement> shown, ReadOnlySpan<JsonElement> actual)
    {
        if (shown.IsEmpty)
        {
            return actual.IsEmpty;
        }

        if (shown[0].ValueKind == JsonValueKind.String && shown[0].ValueEquals(Any))
        {
            return ElementsMatch(shown[1..], actual) || (!actual.IsEmpty && ElementsMatch(shown, actual[1..]));
        }

        return !actual.IsEmpty && Matches(shown[0], actual[0]) && ElementsMatch(shown[1..], actual[1..]);
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();
}
