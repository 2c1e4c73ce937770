import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.memory.MemoryIndex;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * Reads lines {"query", "events"} and answers each with what Lucene's classic query parser says: {"accepted", "message", "verdicts"}.
 *
 * <p>Set up as Elasticsearch sets its query_string query up: OR, analyzed wildcards, leading wildcards; fields are keywords but for
 * message, error.message and what ends in .text. What Elasticsearch adds to Lucene is added here: numbers in order, _exists_, f:* for a field
 * that exists, f:>1, negations alone, all fields as the default field; and Kibana's empty query, which is everything.
 */
public final class Verdicts {
    static final String NAMES = "_names_";
    static final String ALL = "_all_";

    static boolean isText(String field) {
        return field.equals(ALL) || field.equals("message") || field.equals("error.message") || field.endsWith(".text");
    }

    /** One analyzer per field, by its name. */
    static final Analyzer ANALYZER = new org.apache.lucene.analysis.DelegatingAnalyzerWrapper(Analyzer.PER_FIELD_REUSE_STRATEGY) {
        final Analyzer text = new StandardAnalyzer();
        final Analyzer keyword = new KeywordAnalyzer();

        @Override
        protected Analyzer getWrappedAnalyzer(String field) {
            return isText(field) ? text : keyword;
        }
    };

    static final class Parser extends QueryParser {
        Parser() {
            super(ALL, ANALYZER);
            setDefaultOperator(Operator.OR);
            setAllowLeadingWildcard(true);
        }

        @Override
        protected Query getFieldQuery(String field, String text, boolean quoted) throws ParseException {
            if (field.equals("_exists_")) {
                return exists(text);
            }
            if (field.equals("*")) {
                return super.getFieldQuery(ALL, text, quoted);
            }
            boolean isUp = text.startsWith(">");
            if (!quoted && text.length() > 1 && (isUp || text.startsWith("<"))) {
                boolean with = text.length() > 2 && text.charAt(1) == '=';
                String bound = text.substring(with ? 2 : 1);
                return getRangeQuery(field, isUp ? bound : null, isUp ? null : bound, isUp ? with : true, isUp ? true : with);
            }
            return super.getFieldQuery(field, text, quoted);
        }

        // What only excludes, excludes from all documents.
        @Override
        protected Query getBooleanQuery(List<BooleanClause> clauses) throws ParseException {
            Query query = super.getBooleanQuery(clauses);
            return query instanceof BooleanQuery several && several.clauses().stream().allMatch(BooleanClause::isProhibited)
                ? fromAll(several) : query;
        }

        @Override
        protected Query getWildcardQuery(String field, String text) throws ParseException {
            if (text.equals("*")) {
                return field.equals("*") || field.equals(ALL) ? new MatchAllDocsQuery() : exists(field);
            }
            return super.getWildcardQuery(field, text);
        }

        @Override
        protected Query getRangeQuery(String field, String low, String high, boolean withLow, boolean withHigh) throws ParseException {
            Double from = number(low, Double.NEGATIVE_INFINITY);
            Double to = number(high, Double.POSITIVE_INFINITY);
            if (from == null || to == null || (low == null && high == null)) {
                return super.getRangeQuery(field, low, high, withLow, withHigh);
            }
            return DoublePoint.newRangeQuery(field, withLow ? from : DoublePoint.nextUp(from), withHigh ? to : DoublePoint.nextDown(to));
        }

        static Query fromAll(BooleanQuery negations) {
            BooleanQuery.Builder all = new BooleanQuery.Builder().add(new MatchAllDocsQuery(), BooleanClause.Occur.MUST);
            negations.clauses().forEach(all::add);
            return all.build();
        }

        static Double number(String bound, double open) {
            try {
                return bound == null ? (Double) open : Double.valueOf(bound);
            } catch (NumberFormatException none) {
                return null;
            }
        }

        static Query exists(String field) {
            return new TermQuery(new Term(NAMES, field));
        }
    }

    static void add(MemoryIndex index, String name, Object value) {
        if (value instanceof Map<?, ?> inner) {
            index.addField(NAMES, name, ANALYZER);
            inner.forEach((key, item) -> add(index, name + "." + key, item));
        } else if (value instanceof List<?> items) {
            items.forEach(item -> add(index, name, item));
        } else if (value != null) {
            index.addField(NAMES, name, ANALYZER);
            String text = value instanceof Double number && number == Math.rint(number) ? Long.toString(number.longValue()) : value.toString();
            // A number in quotes is one to a field that holds numbers.
            Double number = Parser.number(text, 0);
            for (String field : List.of(name, ALL)) {
                index.addField(field, text, ANALYZER);
                if (number != null) {
                    index.addField(new DoublePoint(field, number), ANALYZER);
                }
            }
        }
    }

    static String verdict(Query query, Object event) {
        try {
            MemoryIndex index = new MemoryIndex();
            index.addField(NAMES, "", ANALYZER);
            ((Map<?, ?>) event).forEach((name, value) -> add(index, (String) name, value));
            // A score may be zero, so what is asked is whether it ranks above nothing at all.
            Query asked = new BooleanQuery.Builder().add(query, BooleanClause.Occur.FILTER).add(new MatchAllDocsQuery(), BooleanClause.Occur.MUST).build();
            return String.valueOf(index.search(asked) > 0);
        } catch (RuntimeException failure) {
            return "null";
        }
    }

    static String answer(Map<?, ?> question) {
        List<?> events = (List<?>) question.get("events");
        try {
            String text = (String) question.get("query");
            Query query = text.isBlank() ? new MatchAllDocsQuery() : new Parser().parse(text);
            String verdicts = events.stream().map(event -> verdict(query, event)).collect(Collectors.joining(","));
            return "{\"accepted\":true,\"message\":\"\",\"verdicts\":[" + verdicts + "]}";
        } catch (ParseException | RuntimeException refusal) {
            return "{\"accepted\":false,\"message\":\"" + refusal.getClass().getSimpleName() + "\",\"verdicts\":[]}";
        }
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = lines.readLine()) != null; ) {
            out.println(answer((Map<?, ?>) new Json(line).value()));
        }
    }

    /** JSON as .NET writes it: objects, lists, texts, numbers as doubles, true, false, null. */
    static final class Json {
        final String text;
        int at;

        Json(String text) {
            this.text = text;
        }

        Object value() {
            switch (text.charAt(at)) {
                case '{':
                    Map<String, Object> members = new LinkedHashMap<>();
                    for (at++; text.charAt(at) != '}'; skip(',')) {
                        String name = string();
                        skip(':');
                        members.put(name, value());
                    }
                    at++;
                    return members;
                case '[':
                    List<Object> items = new ArrayList<>();
                    for (at++; text.charAt(at) != ']'; skip(',')) {
                        items.add(value());
                    }
                    at++;
                    return items;
                case '"':
                    return string();
                default:
                    int start = at;
                    while (at < text.length() && ",]}".indexOf(text.charAt(at)) < 0) {
                        at++;
                    }
                    String word = text.substring(start, at);
                    return word.equals("null") ? null : word.equals("true") || word.equals("false") ? (Object) Boolean.valueOf(word) : Double.valueOf(word);
            }
        }

        String string() {
            StringBuilder made = new StringBuilder();
            for (at++; text.charAt(at) != '"'; at++) {
                char c = text.charAt(at);
                if (c == '\\') {
                    c = text.charAt(++at);
                    int escape = "bfnrt".indexOf(c);
                    if (c == 'u') {
                        c = (char) Integer.parseInt(text.substring(at + 1, at + 5), 16);
                        at += 4;
                    } else if (escape >= 0) {
                        c = "\b\f\n\r\t".charAt(escape);
                    }
                }
                made.append(c);
            }
            at++;
            return made.toString();
        }

        void skip(char separator) {
            if (text.charAt(at) == separator) {
                at++;
            }
        }
    }
}
