//! What indexing the words alone takes: those of jieba's segmentation at their places, by the same engine, with the
//! same memory and threads, and nothing else of a contract.

use tantivy::indexer::IndexWriterOptions;
use tantivy::schema::{IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};
use tantivy::{Index, IndexWriter, TantivyDocument};

use super::time::cpu;
use hetong::text::Segmenter;

/// An index of words in the making.
pub struct Words {
    writer: IndexWriter,
    _folder: tempfile::TempDir,
    /// Seconds of CPU so far.
    pub spent: f64,
}

impl Words {
    pub fn new(segmenter: &Segmenter) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut builder = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("words")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        builder.add_text_field("body", TextOptions::default().set_indexing_options(indexing));
        let index = Index::create_in_dir(folder.path(), builder.build()).expect("an index");
        index.tokenizers().register("words", TextAnalyzer::from(Cut(segmenter.clone())));
        let options = IndexWriterOptions::builder()
            .num_worker_threads(2)
            .memory_budget_per_thread(24_000_000)
            .num_merge_threads(1)
            .build();
        let writer = index.writer_with_options(options).expect("a writer");
        Self { writer, _folder: folder, spent: 0.0 }
    }

    /// Takes texts in, and commits.
    pub fn put<'a>(&mut self, texts: impl Iterator<Item = &'a str>) {
        let begun = cpu();
        let body = self.writer.index().schema().get_field("body").expect("the field");
        for text in texts {
            let mut document = TantivyDocument::default();
            document.add_text(body, text);
            self.writer.add_document(document).expect("put");
        }
        self.writer.commit().expect("committed");
        self.spent += cpu() - begun;
    }

    /// Seconds of CPU of it all, merging among them.
    pub fn finish(self) -> f64 {
        let begun = cpu();
        self.writer.wait_merging_threads().expect("finished");
        self.spent + cpu() - begun
    }
}

/// The words of a text.
#[derive(Clone)]
struct Cut(Segmenter);

impl Tokenizer for Cut {
    type TokenStream<'a> = Stream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream {
        let mut words = Vec::new();
        self.0.segment(text, |word, start, end| {
            let text = word.to_owned();
            words.push(Token {
                offset_from: start,
                offset_to: end,
                position: words.len(),
                text,
                position_length: 1,
            });
        });
        Stream { words, next: 0 }
    }
}

struct Stream {
    words: Vec<Token>,
    next: usize,
}

impl TokenStream for Stream {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.words.len()
    }

    fn token(&self) -> &Token {
        &self.words[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.words[self.next - 1]
    }
}
