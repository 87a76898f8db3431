// SPDX-License-Identifier: MIT
using AudioMesh.Graph;

namespace AudioMesh.Daemon.Graphs;

/// <summary>Who is connected to whom in a graph that is not made. Throws InvalidArgument and NotFound for what an engine would refuse.</summary>
internal sealed class GraphShape
{
    private readonly Dictionary<string, List<string>> _followers = new(StringComparer.Ordinal);

    public void Add(string name, NodeType type)
    {
        if (!_followers.TryAdd(name, []))
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"The name '{name}' of a {type.Name} is given twice.") { Field = "name" };
        }
    }

    public void Connect(string from, string to)
    {
        List<string> followers = Followers(from, "from");
        Followers(to, "to");
        if (followers.Contains(to))
        {
            throw Refused($"{from} and {to} are connected already.");
        }

        List<string> path = [];
        if (Reaches(to, from, path, []))
        {
            throw Refused($"Connecting {from} to {to} closes a cycle: {from} > {string.Join(" > ", path)}.");
        }

        followers.Add(to);
    }

    private List<string> Followers(string name, string field) => _followers.GetValueOrDefault(name)
        ?? throw new AudioMeshException(AudioErrorKind.NotFound, $"There is no node '{name}'.") { Field = field };

    private bool Reaches(string start, string goal, List<string> path, HashSet<string> seen)
    {
        path.Add(start);
        if (start == goal || (seen.Add(start) && _followers[start].Exists(next => Reaches(next, goal, path, seen))))
        {
            return true;
        }

        path.RemoveAt(path.Count - 1);
        return false;
    }

    private static AudioMeshException Refused(string message) => new(AudioErrorKind.InvalidArgument, message) { Field = "to" };
}
