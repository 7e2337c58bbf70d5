namespace Shop.Architecture.Tests;

/// <summary>Groups of files that reach each other: strongly connected components of more than one file (Tarjan).</summary>
internal static class Circles
{
    public static IReadOnlyList<IReadOnlyList<string>> In(IReadOnlyList<SourceFile> files)
    {
        var home = files.SelectMany(file => file.Declared.Select(name => (name, file.Path))).ToLookup(pair => pair.name, pair => pair.Path);
        var arrows = files.ToDictionary(file => file.Path, file => file.Named.SelectMany(name => home[name]).Where(path => path != file.Path).Distinct().ToList());

        var search = new Search(arrows);
        foreach (var file in files)
            search.Visit(file.Path);
        return search.Found;
    }

    private sealed class Search(Dictionary<string, List<string>> arrows)
    {
        private readonly Dictionary<string, int> _index = [];
        private readonly Dictionary<string, int> _low = [];
        private readonly Stack<string> _open = [];
        private readonly HashSet<string> _isOpen = [];

        public List<IReadOnlyList<string>> Found { get; } = [];

        public void Visit(string node)
        {
            if (_index.ContainsKey(node))
                return;

            _index[node] = _low[node] = _index.Count;
            _open.Push(node);
            _isOpen.Add(node);

            foreach (var next in arrows[node])
            {
                if (!_index.TryGetValue(next, out var number))
                {
                    Visit(next);
                    _low[node] = Math.Min(_low[node], _low[next]);
                }
                else if (_isOpen.Contains(next))
                {
                    _low[node] = Math.Min(_low[node], number);
                }
            }

            if (_low[node] == _index[node])
                Close(node);
        }

        private void Close(string root)
        {
            var circle = new List<string>();
            string node;
            do
            {
                node = _open.Pop();
                _isOpen.Remove(node);
                circle.Add(node);
            }
            while (node != root);

            if (circle.Count > 1)
                Found.Add(circle);
        }
    }
}
