// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;

namespace AudioMesh.Engine.Tests;

/// <summary>The same document with members and elements in another order.</summary>
internal static class JsonShuffle
{
    public static string Of(string document, int seed) => Shuffled(JsonNode.Parse(document)!, new Random(seed)).ToJsonString();

    private static JsonNode Shuffled(JsonNode node, Random random)
    {
        switch (node)
        {
            case JsonObject members:
                KeyValuePair<string, JsonNode?>[] shuffled = [.. members];
                random.Shuffle(shuffled);
                return new JsonObject(shuffled.Select(member => new KeyValuePair<string, JsonNode?>(member.Key, Shuffled(member.Value!, random))));
            case JsonArray elements:
                JsonNode[] all = [.. elements.Select(element => Shuffled(element!, random))];
                random.Shuffle(all);
                return new JsonArray(all);
            default:
                return node.DeepClone();
        }
    }
}
